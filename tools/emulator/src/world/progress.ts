import type { Clock } from '../clock.js'
import { mixText } from './random.js'
import type { Status } from './samples.js'
import { setStatus, type TaskSource } from './task-row.js'
import type { WireRow } from './wire.js'

/** How tasks move through their states. */
export interface Moves {
  /** `time`: one state further every `step` milliseconds; `looks`: after each `step` answers that showed the task. */
  readonly by: 'time' | 'looks'
  readonly step: number
  /** Where they end: done, failed, or failed before the start. */
  readonly end: 'finish' | 'stop' | 'init'
  /** `created`: only tasks made by a create call; `all`: also the active tasks of the seed. */
  readonly which: 'created' | 'all'
}

const defaultMoves: Moves = { by: 'time', step: 300, end: 'finish', which: 'created' }

/** Tasks remembered as created, or counted by looks; the oldest are forgotten and stand still. */
const mostRemembered = 100_000

/** The likely order; no page states it. */
const pathTo = (end: Moves['end']): readonly Status[] =>
  end === 'init' ? ['checking', 'init'] : ['checking', 'check_pass', 'schedule', 'running', end]

const statusNames = new Set([
  'BackupSetDownloadStatus',
  'BackupSetDownloadFinishTime',
  'BackupSetDownloadInternetUrl',
  'BackupSetDownloadIntranetUrl',
  'ErrMessage',
])

/** Knows which tasks move and how far each has come. */
export class Progress {
  #moves = defaultMoves
  #since: number
  readonly #clock: Clock
  readonly #born = new Map<string, number>()
  readonly #looks = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.now()
  }

  /** From now on tasks move so. */
  play(moves: Moves = defaultMoves): void {
    this.#moves = moves
    this.#since = this.#clock.now()
    this.#looks.clear()
  }

  /** A task was created just now. */
  begin(taskId: string): void {
    remember(this.#born, taskId, this.#clock.now())
  }

  /** An answer showed these rows. */
  look(rows: readonly WireRow[]): void {
    if (this.#moves.by !== 'looks' || (this.#moves.which === 'created' && this.#born.size === 0)) return
    for (const row of rows) {
      const id = String(row['BackupSetDownloadTaskId'])
      if (this.#moves.which === 'all' || this.#born.has(id)) remember(this.#looks, id, (this.#looks.get(id) ?? 0) + 1)
    }
  }

  /** The row as it stands now. */
  settle(source: TaskSource, row: WireRow): WireRow {
    if (this.#born.size === 0 && this.#moves.which === 'created') return row
    const id = String(row['BackupSetDownloadTaskId'])
    const bornAt = this.#born.get(id) ?? (this.#moves.which === 'all' ? this.#since : undefined)
    if (bornAt === undefined) return row
    const path = pathTo(this.#moves.end)
    const start = path.indexOf(row['BackupSetDownloadStatus'] as Status)
    const steps =
      this.#moves.by === 'time' ? (this.#clock.now() - bornAt) / this.#moves.step : (this.#looks.get(id) ?? 0) / this.#moves.step
    const status = path[Math.min(start + Math.floor(steps), path.length - 1)]
    if (start < 0 || status === undefined || status === row['BackupSetDownloadStatus']) return row
    const still = Object.fromEntries(Object.entries(row).filter(([name]) => !statusNames.has(name)))
    const created = Number(row['BackupSetDownloadCreateTime'])
    const finished = this.#moves.by === 'time' ? bornAt + this.#moves.step * (path.length - 1 - start) : created + 13_000
    const moment = { id, hash: mixText(source.seed, id), status, manual: row['BackupSetDownloadWay'] === 'manual', created, finished }
    setStatus(still, source, moment)
    return still
  }

  reset(): void {
    this.play()
    this.#born.clear()
  }
}

function remember(map: Map<string, number>, id: string, value: number): void {
  map.set(id, value)
  if (map.size <= mostRemembered) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}
