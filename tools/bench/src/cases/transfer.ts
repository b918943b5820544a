import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { DbsClient } from '@backset/core'
import { fetchFile } from '@backset/transfer'
import { withEmulator, type Emulator } from '../emulator.js'
import { median, seconds, timesAsFast, type Case, type Row } from '../measure.js'

const bytes = 300_000_000
const cappedAt = 20_000_000
/** Medians count. */
const rounds = 7

export const transfer: Case = {
  title: `Fetching ${bytes / 1_000_000} MB from loopback; a fetch ends on the disk (fsync), curl in the system's memory`,
  onlyByName: true,
  async run(signal) {
    const capped = await withFile({ bytesPerSecond: cappedAt }, signal, async (fetchOver) => [
      await timed(() => fetchOver(1)),
      await timed(() => fetchOver(4)),
    ])
    const [fresh, again] = await withFile({}, signal, async (fetchOver, link, folder) => {
      const file = join(folder, 'curl')
      const synced = async (): Promise<void> => {
        await using written = await open(file, 'r+')
        await written.sync()
      }
      const viaCurl = () => curl(link, file, signal)
      const viaNode = () => plainNode(link, file, signal)
      const contenders: readonly Contender[] = [
        // What curl leaves to the system is written before the next one's time runs, or the next would pay for it.
        { work: viaCurl, after: synced },
        { work: async () => (await viaCurl(), await synced()) },
        { work: async () => (await viaCurl(), await sha256sum(file, signal), await synced()) },
        { work: async () => (await viaNode(), await synced()) },
        { work: () => fetchOver(1) },
        { work: () => fetchOver(4) },
      ]
      const emptied = async (): Promise<void> => {
        await rm(folder, { recursive: true })
        await mkdir(folder)
      }
      return [await mediansInTurn(contenders, emptied), await mediansInTurn(contenders)] as const
    })
    const cap = `${cappedAt / 1_000_000} MB/s a connection`
    return [
      ...rowsOf([`fetchFile, ${cap}, 1 connection`, `fetchFile, ${cap}, 4 connections`], capped),
      ...rowsOf(namesOf('a new file'), fresh),
      ...rowsOf(namesOf('over the file of the last time'), again),
    ]
  },
}

const namesOf = (where: string): readonly string[] =>
  [
    'curl -o',
    'curl -o, then fsync',
    'curl -o, then sha256sum and fsync',
    'node:http and SHA-256 in a pipeline, then fsync',
    'fetchFile, 1 connection',
    'fetchFile, 4 connections',
  ].map((what) => `${what}: no cap, ${where}`)

/** Each against the first. */
const rowsOf = (names: readonly string[], figures: readonly number[]): Row[] =>
  names.map((what, index) => {
    const [base = Number.NaN, ms = Number.NaN] = [figures[0], figures[index]]
    return { what, figure: seconds(ms), ...(index === 0 ? {} : { ratio: timesAsFast(base, ms) }) }
  })

interface Contender {
  readonly work: () => Promise<unknown>
  /** Not timed. */
  readonly after?: () => Promise<void>
}

/** One after the other, round by round, so that what disturbs the machine disturbs them alike. */
async function mediansInTurn(contenders: readonly Contender[], before?: () => Promise<void>): Promise<readonly number[]> {
  const figures = contenders.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, { work, after }] of contenders.entries()) {
      await before?.()
      figures[index]?.push(await timed(work))
      await after?.()
    }
  }
  return figures.map(median)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

type FetchOver = (connections: number) => Promise<void>

/** An emulator whose files have that size, and a folder for them. */
async function withFile<Result>(
  files: { readonly bytesPerSecond?: number },
  signal: AbortSignal,
  work: (fetchOver: FetchOver, link: string, folder: string) => Promise<Result>,
): Promise<Result> {
  const place = await mkdtemp(join(tmpdir(), 'backset-bench-'))
  const folder = join(place, 'files')
  try {
    await mkdir(folder)
    const scenario = join(place, 'scenario.json')
    await writeFile(scenario, JSON.stringify({ files: { bytes, ...files } }))
    return await withEmulator(['--tasks', '40', '--scenario', scenario], signal, async (emulator) => {
      const [taskId, link] = await taskWithFile(emulator)
      const options = { taskId, folder, links: async () => ({ internetUrl: link }), endpointIsLoopback: true, force: true, signal }
      return await work(async (connections) => void (await fetchFile({ ...options, connections })), link, folder)
    })
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function taskWithFile({ url, accessKeyId, accessKeySecret, planId }: Emulator): Promise<readonly [taskId: string, link: string]> {
  await using client = new DbsClient({ endpoint: url, credentials: { accessKeyId, accessKeySecret } })
  for await (const { backupSetDownloadTaskId, backupSetDownloadInternetUrl: link } of client.listDownloadTasks({ backupPlanId: planId }))
    if (link?.startsWith(`${url}/files/`) === true) return [backupSetDownloadTaskId, link]
  throw new Error('No task of the plan has a file.')
}

const curl = (link: string, file: string, signal: AbortSignal): Promise<unknown> =>
  promisify(execFile)('curl', ['--silent', '--fail', '-o', file, link], { signal })

const sha256sum = (file: string, signal: AbortSignal): Promise<unknown> => promisify(execFile)('sha256sum', [file], { signal })

/** As a program without us would do it. */
async function plainNode(link: string, file: string, signal: AbortSignal): Promise<void> {
  const asked = get(link, { signal, agent: false })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const hash = createHash('sha256')
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(answer, hashed, createWriteStream(file))
  hash.digest('hex')
}
