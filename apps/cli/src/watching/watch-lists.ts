import { abortErrorOf, DbsError, planSight, Poller, type Clock, type PlanSightOptions } from '@backset/core'
import type { View } from './view.js'
import type { WatchedList } from './watched-list.js'

export interface WatchOptions extends PlanSightOptions {
  readonly view: View
  /** Between two looks at a list, milliseconds. */
  readonly intervalMs: number
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Ends it. */
  readonly signal: AbortSignal
  /** Aborts with an error of the view that comes beside its calls. */
  readonly fault: AbortSignal
}

/**
 * Looks at lists until it is ended. A look that fails is told and followed by others; but a list that cannot be seen even once, for a reason that does not
 * pass, ends it all.
 * @throws the signal's error, the view's, or that of such a list
 */
export async function watchLists(lists: readonly WatchedList[], options: WatchOptions): Promise<never> {
  const { view, intervalMs, clock, random, signal, fault, ...sightOptions } = options
  const stop = new AbortController()
  const running = AbortSignal.any([signal, fault, stop.signal])
  const unlessBroken = async (work: Promise<void>): Promise<void> => work.catch((error: unknown) => stop.abort(error))
  const watch = async (list: WatchedList): Promise<void> => {
    const { source, known } = list
    const poller = new Poller({
      sight: planSight(source.client, source.backupPlanId ?? '', sightOptions),
      known,
      publish: async (events) => unlessBroken(view.tell(events, list)),
      onLook(failure) {
        list.failure = failure
        if (failure === undefined) list.seenAt = clock.now()
        else if (!(failure instanceof DbsError) || (known.isBlank && !failure.retryable)) stop.abort(failure)
        void unlessBroken(view.looked(list))
      },
      intervalMs,
      clock,
      random,
    })
    await poller.run(running)
  }
  await Promise.all(lists.map(watch))
  if (stop.signal.aborted) throw stop.signal.reason
  throw fault.aborted ? fault.reason : abortErrorOf(signal)
}
