/** How fast something grows, over the last seconds. */
export interface RateMeter {
  /** @returns units a second; undefined while too little is known */
  readonly note: (atMs: number, amount: number) => number | undefined
}

/** @param windowMs what is older does not count */
export function openRateMeter(windowMs = 5000): RateMeter {
  let notes: { readonly atMs: number; readonly amount: number }[] = []
  return {
    note(atMs, amount) {
      notes = [...notes.filter((note) => atMs - note.atMs <= windowMs && note.amount <= amount), { atMs, amount }]
      const [first] = notes
      if (first === undefined || atMs - first.atMs < 500) return undefined
      return ((amount - first.amount) / (atMs - first.atMs)) * 1000
    },
  }
}
