/** How far ahead a walk asks. */
export interface Window {
  /** Most pages in flight. */
  readonly limit: number
}

const firstWindow = 4

/**
 * Asks for what the reader will want next while it works on what it has, and passes it on in order. The window starts at 4 and grows by two with each
 * page that is taken, so that a short list costs no needless requests. Nothing is asked while the reader stands still, and nothing stays in flight
 * after it has left.
 * @param fetch its promise must reject when `signal` aborts
 */
export async function* lookahead<Item>(
  indexes: Iterable<number>,
  fetch: (index: number, signal: AbortSignal) => Promise<Item>,
  { limit, signal }: Window & { readonly signal: AbortSignal },
): AsyncGenerator<Item, void, undefined> {
  const inFlight = new AbortController()
  const leave = (): void => inFlight.abort(signal.reason)
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, { once: true })
  const queue: Promise<Item>[] = []
  const rest = indexes[Symbol.iterator]()
  let window = Math.min(firstWindow, limit)
  const fill = (): void => {
    while (queue.length < window) {
      const next = rest.next()
      if (next.done === true) return
      const item = fetch(next.value, inFlight.signal)
      item.catch(() => undefined) // it is awaited in its turn, which may never come
      queue.push(item)
    }
  }
  try {
    for (fill(); ; fill()) {
      const first = queue.shift()
      if (first === undefined) return
      const item = await first
      window = Math.min(window + 2, limit)
      yield item
    }
  } finally {
    signal.removeEventListener('abort', leave)
    inFlight.abort()
  }
}
