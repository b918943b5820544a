import { DbsError, type Clock } from '@backset/core'
import type { Claim, Ledger } from './ports/ledger.js'

export interface HeldClaim extends Disposable {
  /** Aborts when the claim is lost: another process may be running the report. */
  readonly signal: AbortSignal
  /** @throws DbsError when it is lost */
  readonly check: () => Promise<void>
}

/** Renews a claim until it is disposed of. */
export function holdClaim(ledger: Ledger, claim: Claim, clock: Clock): HeldClaim {
  const lost = new AbortController()
  const done = new AbortController()
  const renew = async (): Promise<void> => {
    if (!(await ledger.renew(claim))) lost.abort(claimLost(claim))
  }
  const run = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(ledger.renewEveryMs, done.signal)
      // A disk that does not answer now may do so later; whether the claim still holds is asked again before anything is published.
      await renew().catch(() => undefined)
    }
  }
  run().catch(() => undefined) // it ends when it is disposed of
  return {
    signal: lost.signal,
    async check() {
      if (!(await ledger.renew(claim))) throw claimLost(claim)
    },
    [Symbol.dispose]: () => done.abort(),
  }
}

const claimLost = ({ report }: Claim): DbsError =>
  new DbsError(
    'cannot-write',
    `The run of ${report} was held up for so long that another process may have taken it over, so nothing was published.`,
    {
      hint: 'Look whether the machine was suspended, or its disk did not answer.',
      retryable: true,
    },
  )
