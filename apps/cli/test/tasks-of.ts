import type { Emulator } from '@backset/emulator'

export const planOf = ({ world }: Emulator): string => world.planIds[0] ?? ''

/** The id of the first task of the first plan whose wire row is such. */
export function idOfTask(emulator: Emulator, isSuch: (row: Readonly<Record<string, unknown>>) => boolean): string {
  for (const row of emulator.world.tasksOf(planOf(emulator))) if (isSuch(row)) return String(row['BackupSetDownloadTaskId'])
  throw new Error('The seed has no such task.')
}

export const inStatus =
  (status: string) =>
  (row: Readonly<Record<string, unknown>>): boolean =>
    row['BackupSetDownloadStatus'] === status

/** Ids of tasks whose files the emulator itself serves, under a link that is plain. */
export function fetchableIds(emulator: Emulator): readonly string[] {
  const own = `${emulator.url}/files/`
  const rows = [...emulator.world.tasksOf(planOf(emulator))]
  return rows.flatMap((row) =>
    String(row['BackupSetDownloadInternetUrl']).startsWith(own) ? [String(row['BackupSetDownloadTaskId'])] : [],
  )
}
