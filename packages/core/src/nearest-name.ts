/** How many single edits (insert, remove, replace, swap neighbours) lie between two words. */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped))
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? Infinity
}

/** The known name a word was meant to be, for "did you mean"; undefined when none is near (a third of its letters may differ). */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  const lower = word.slice(0, 80).toLowerCase()
  const [nearest] = known.map((name) => ({ name, edits: distance(lower, name.toLowerCase()) })).toSorted((a, b) => a.edits - b.edits)
  return nearest !== undefined && nearest.edits <= Math.max(1, Math.ceil(nearest.name.length / 3)) ? nearest.name : undefined
}
