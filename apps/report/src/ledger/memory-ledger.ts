import { randomUUID } from 'node:crypto'
import type { Clock } from '@backset/core'
import type { Claim, Ledger } from '../ports/ledger.js'
import { abandoned, LedgerState, recordIn, type LedgerLine } from './ledger-state.js'

const leaseMs = 20_000

/** A ledger that ends with the process; its time is the clock's. Those who share it behave as processes that share a folder. */
export function openMemoryLedger({ clock }: { readonly clock: Clock }): Ledger {
  const lines: LedgerLine[] = []
  const state = new LedgerState()
  const locks = new Map<string, { readonly claim: Claim; readonly owner: string; end: number }>()
  const append = (line: LedgerLine): void => {
    lines.push(line)
    state.apply(line)
  }
  const time = (): string => new Date(clock.now()).toISOString()
  const standing = (report: string) => {
    const lock = locks.get(report)
    return lock !== undefined && lock.end >= clock.now() ? lock : undefined
  }
  return {
    renewEveryMs: leaseMs / 4,
    now: async () => clock.now(),
    async cursor(report) {
      const { cursor } = state.of(report)
      return cursor === undefined ? undefined : Date.parse(cursor)
    },
    advance: async (report, due) => append({ event: 'cursor', report, due: new Date(due).toISOString() }),
    async claim({ report, due: dueMs, owner, file, again = false }) {
      const due = new Date(dueMs).toISOString()
      const lock = standing(report)
      if (lock !== undefined) return { state: 'busy', due: lock.claim.due, owner: lock.owner }
      if (!again && state.of(report).dealt.has(due)) return { state: 'done' }
      const unfinished = [...state.open(report)]
      const claim: Claim = { report, due, started: time(), token: randomUUID(), file }
      append({ event: 'started', owner, ...claim })
      locks.set(report, { claim, owner, end: clock.now() + leaseMs })
      return { state: 'run', claim, unfinished }
    },
    async renew({ report, token }) {
      const lock = locks.get(report)
      if (lock?.claim.token !== token) return false
      lock.end = clock.now() + leaseMs
      return true
    },
    async commit({ report, token }, record) {
      if (locks.get(report)?.claim.token !== token) return 'fenced'
      locks.delete(report)
      append({ event: 'ended', token, ...record })
      return 'committed'
    },
    settle: async ({ token }, record) => append({ event: 'ended', token, ...record }),
    note: async (report, due, what, why) =>
      append({ event: 'noted', report, due: new Date(due).toISOString(), ended: time(), outcome: what, reason: why }),
    removed: async (report, file) => append({ event: 'removed', report, file }),
    exports: async (report) => [...state.of(report).exports.values()],
    async *history(report) {
      for (const line of lines) {
        const record = recordIn(line)
        if (record !== undefined && (report === undefined || record.report === report)) yield record
      }
      for (const claim of state.open(report)) if (standing(claim.report)?.claim.token !== claim.token) yield abandoned(claim)
    },
  }
}
