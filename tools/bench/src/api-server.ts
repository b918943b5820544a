import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The built server; the bundle in dist/ lies as deep as this file. */
const apiBin = fileURLToPath(new URL('../../../apps/rest-api/bin/backset-api.js', import.meta.url))

type Env = Readonly<Record<string, string | undefined>>

/** Starts the built API in a process of its own, with one key that may read tasks, no rate limit, and answers that stay fresh. */
export async function startApi(env: Env, folder: string, signal: AbortSignal): Promise<{ readonly url: string; readonly key: string }> {
  const keys = join(folder, 'keys.json')
  const added = execFileSync(process.execPath, [apiBin, 'keys', 'add', 'bench', '--keys', keys, '-o', 'json'], { env, encoding: 'utf8' })
  const { key } = JSON.parse(added) as { readonly key: string }
  const flags = ['--port', '0', '--keys', keys, '--state-dir', folder, '--max-age', '1h', '--rate-limit', 'off']
  const { url } = JSON.parse(await firstLine([apiBin, ...flags], env, signal)) as { readonly url: string }
  return { url, key }
}

/** Starts a server of node:http alone that answers everything with this JSON, in a process of its own. */
export async function startBareServer(body: string, signal: AbortSignal): Promise<string> {
  return firstLine(['--input-type=module', '-e', bareServer], { PATH: process.env['PATH'] }, signal, body)
}

const bareServer = `
import { createServer } from 'node:http'
const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const body = Buffer.concat(chunks)
const headers = { 'content-type': 'application/json', 'content-length': body.length }
const server = createServer((request, response) => response.writeHead(200, headers).end(body))
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
`

/** Starts Node with these arguments; what it says first on stdout. Its log goes nowhere: whoever reads it would take part in what is measured. */
async function firstLine(args: readonly string[], env: Env, signal: AbortSignal, input?: string): Promise<string> {
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'ignore'], signal })
  child.on('error', () => undefined) // the abort, and what `once` below tells
  child.stdin.end(input)
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line', { signal }),
    once(child, 'exit', { signal }),
  ])) as unknown[]
  if (typeof line !== 'string') throw new Error(`node ${args[0]} ended before it listened.`)
  return line
}
