import { readFileSync } from 'node:fs'
import * as module from 'node:module'
import { homedir } from 'node:os'
import { isatty } from 'node:tty'
import { setFlagsFromString } from 'node:v8'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }

// What nobody should wait for: it ends before anything of ours is loaded.
if (process.argv[2] === '--version') process.stdout.write(`${version}\n`)
else await start()

async function start(): Promise<void> {
  // Node 20 optimises undici's WebAssembly parser in the background and the exit waits 50 ms for it; later versions do not, but can cache what they compile.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--liftoff-only')
  else (module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.()
  const [{ createCli }, { fdSink }, { systemClock }] = await Promise.all([
    import('./cli.js'),
    import('./output/fd-sink.js'),
    import('@backset/core'),
  ])
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort()) // a second one ends the process at once
  process.once('SIGTERM', () => interrupt.abort())
  const { sleep } = systemClock
  // process.stdout is touched on a terminal alone: its first use changes how a pipe behaves.
  const run = createCli({
    env: process.env,
    stdout: fdSink(1, { columns: isatty(1) ? process.stdout.columns : undefined, sleep }),
    stderr: fdSink(2, { columns: isatty(2) ? process.stderr.columns : undefined, sleep }),
    homeDir: homedir(),
    cwd: process.cwd(),
    version,
    clock: systemClock,
    random: Math.random,
    signal: interrupt.signal,
  })
  process.exitCode = await run(process.argv.slice(2))
}
