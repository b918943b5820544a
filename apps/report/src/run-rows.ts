import type { Column, ColumnKind, RowKind, Tone } from '@backset/formats'
import type { Outcome, RunRecord } from './ports/ledger.js'

const tones: Readonly<Record<Outcome, Tone>> = { ok: 'good', failed: 'bad', skipped: 'held', missed: 'bad', abandoned: 'bad' }

const column = (name: keyof RunRecord, label: string, kind: ColumnKind = 'text'): Column => ({
  name,
  label,
  kind,
  valueOf: (row) => (row as RunRecord)[name],
  ...(name === 'outcome' && { tone: (row: unknown) => tones[(row as RunRecord).outcome] }),
})

const columns = [
  column('report', 'REPORT', 'id'),
  column('due', 'DUE', 'time'),
  column('started', 'STARTED', 'time'),
  column('ended', 'ENDED', 'time'),
  column('outcome', 'OUTCOME'),
  column('rows', 'ROWS', 'number'),
  column('bytes', 'SIZE', 'bytes'),
  column('file', 'FILE'),
  column('sha256', 'SHA-256'),
  column('reason', 'REASON'),
]
const told = columns.map(({ name }) => name)

/** Runs as `history` shows them. */
export const runRows: RowKind = {
  columns,
  id: 'report',
  machine: told,
  shown: told.filter((name) => name !== 'started' && name !== 'sha256'),
  present: (row) => Object.fromEntries(told.flatMap((name) => fieldOf(row as RunRecord, name as keyof RunRecord))),
}

const fieldOf = (run: RunRecord, name: keyof RunRecord) => (run[name] === undefined ? [] : [[name, run[name]] as const])
