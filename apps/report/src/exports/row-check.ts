import { DownloadTask, taskEventNames } from '@backset/core'
import * as z from 'zod'
import type { Manifest } from '../manifest.js'
import type { ExportRow } from './row-reader.js'

// Any field may be left out: which are chosen is the manifest's to say.
const Row = z.strictObject({ ...DownloadTask.partial().shape, change: z.enum(taskEventNames).optional() })
const inAnyTask = ['backupSetDownloadTaskId', 'state'] as const

/** Judges rows by the schema of tasks and by the columns of their manifest; undefined for a row that is right. */
export function openRowCheck({ columns, format }: Pick<Manifest, 'columns' | 'format'>): (row: ExportRow) => string | undefined {
  const chosen = columns && new Set(columns)
  return (row) => {
    const { error } = Row.safeParse(row)
    if (error !== undefined) return error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')
    const foreign = chosen && Object.keys(row).find((name) => !chosen.has(name))
    if (foreign !== undefined) return `${foreign} is none of its columns`
    const missing = chosen === undefined && format !== 'csv' ? inAnyTask.find((name) => row[name] === undefined) : undefined
    return missing && `${missing} is missing`
  }
}
