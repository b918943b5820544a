import * as z from 'zod'
import { outcomes, type Claim, type RunRecord } from '../ports/ledger.js'

const RunRecordLine = z.object({
  report: z.string(),
  due: z.string(),
  started: z.string().optional(),
  ended: z.string().optional(),
  outcome: z.enum(outcomes),
  rows: z.number().optional(),
  bytes: z.number().optional(),
  file: z.string().optional(),
  sha256: z.string().optional(),
  manifestSha256: z.string().optional(),
  companion: z.string().optional(),
  reason: z.string().optional(),
})
const claim = { report: z.string(), due: z.string(), started: z.string(), token: z.string(), file: z.string() }

/** A line of the ledger. */
const LedgerLine = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), owner: z.string(), ...claim }),
  z.object({ event: z.literal('ended'), token: z.string(), ...RunRecordLine.shape }),
  z.object({ event: z.literal('noted'), ...RunRecordLine.shape }),
  z.object({ event: z.literal('cursor'), report: z.string(), due: z.string() }),
  z.object({ event: z.literal('removed'), report: z.string(), file: z.string() }),
])
export type LedgerLine = z.infer<typeof LedgerLine>

/** A line as it was read; undefined for one that broke off when its writer was killed, or is none of ours. */
export function parseLine(text: string): LedgerLine | undefined {
  try {
    return LedgerLine.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** A record as the lines of `ended` and `noted` hold it. */
export const recordIn = (line: LedgerLine): RunRecord | undefined =>
  line.event === 'ended' || line.event === 'noted' ? (RunRecordLine.parse(line) as RunRecord) : undefined

/** What is said of a run whose process ended before it could say anything. */
export const abandoned = ({ report, due, started, file }: Claim): RunRecord => ({
  report,
  due,
  started,
  outcome: 'abandoned',
  file,
  reason: 'Its process ended before the run did.',
})

interface ReportState {
  cursor: string | undefined
  /** Started and not ended, by token. */
  readonly open: Map<string, Claim>
  /** Due times that are not to be run again. */
  readonly dealt: Set<string>
  /** Exports that stand, by file, in the order of their runs. */
  readonly exports: Map<string, RunRecord>
}

/** What the lines of a ledger say together, so far. */
export class LedgerState {
  readonly #reports = new Map<string, ReportState>()

  of(report: string): Readonly<ReportState> {
    return this.#of(report)
  }

  *open(report?: string): Generator<Claim, void, undefined> {
    for (const [name, { open }] of this.#reports) if (report === undefined || name === report) yield* open.values()
  }

  apply(line: LedgerLine): void {
    const state = this.#of(line.report)
    switch (line.event) {
      case 'started': {
        const { event: _, owner: __, ...started } = line
        state.open.set(line.token, started)
        break
      }
      case 'ended':
        state.open.delete(line.token)
        this.#ended(state, line)
        break
      case 'noted':
        this.#ended(state, line)
        break
      case 'cursor':
        if (state.cursor === undefined || line.due > state.cursor) state.cursor = line.due
        break
      case 'removed':
        state.exports.delete(line.file)
        break
    }
  }

  #ended(state: ReportState, line: LedgerLine): void {
    const record = recordIn(line)
    if (record === undefined) return
    if (record.outcome !== 'abandoned') state.dealt.add(record.due)
    if (record.outcome !== 'ok' || record.file === undefined) return
    state.exports.delete(record.file) // a later export under the same name has taken its place, and comes last
    state.exports.set(record.file, record)
  }

  #of(report: string): ReportState {
    let state = this.#reports.get(report)
    if (state === undefined) {
      state = { cursor: undefined, open: new Map(), dealt: new Set(), exports: new Map() }
      this.#reports.set(report, state)
    }
    return state
  }
}
