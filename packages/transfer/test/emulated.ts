import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator, type Emulator, type EmulatorOptions } from '@backset/emulator'
import { fetchFile, type FetchedFile, type FetchFileOptions } from '../src/index.js'

export interface Stage {
  readonly emulator: Emulator
  readonly folder: string
  readonly taskId: string
  /** Fetches the task's file into the folder, with links as DBS would give them now; pauses take no time. */
  readonly fetch: (options?: Partial<FetchFileOptions>) => Promise<FetchedFile>
  /** The bytes as the server has them now. */
  readonly bytes: () => Promise<Buffer>
  /** Ranges that were asked for, in order; `all` for a request without one. */
  readonly asked: () => string[]
}

/** An emulator with one finished task, and a folder of its own, for the time of a test. */
export async function onStage<Result>(options: EmulatorOptions, play: (stage: Stage) => Promise<Result>): Promise<Result> {
  await using emulator = await startEmulator({ tasks: 40, plans: 1, ...options })
  const folder = await mkdtemp(join(tmpdir(), 'transfer-'))
  const taskId = plainTask(emulator)
  const links: FetchFileOptions['links'] = async () => ({ internetUrl: linkOf(emulator, taskId) })
  try {
    return await play({
      emulator,
      folder,
      taskId,
      fetch: (more = {}) => fetchFile({ taskId, folder, links, endpointIsLoopback: true, random: () => 0, ...more }),
      bytes: async () => Buffer.from(await (await fetch(linkOf(emulator, taskId))).arrayBuffer()),
      asked: () => emulator.requests.filter(({ action }) => action === 'GetFile').map(({ parameters }) => parameters['range'] ?? 'all'),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function linkOf({ world }: Emulator, taskId: string): string {
  return String(world.task(taskId)?.['BackupSetDownloadInternetUrl'])
}

function plainTask({ world, url }: Emulator): string {
  for (const row of world.tasksOf(world.planIds[0] ?? ''))
    if (String(row['BackupSetDownloadInternetUrl']).startsWith(`${url}/files/`)) return String(row['BackupSetDownloadTaskId'])
  throw new Error('The seed has no plain link.')
}
