/** An entry is four words; its first is never 0, which marks a free place. */
export const wordsPerEntry = 4

const entriesPerChunk = 256
const growBy = 4 / 3
const fullAt = 0.8

/**
 * An open-addressed table of hashes. It grows in place, chunk by chunk: tables that are thrown away at each growth would lie about as large as the table
 * itself until they are collected.
 */
export class HashTable {
  readonly #chunks: Uint32Array[] = [newChunk()]
  #capacity = entriesPerChunk
  #size = 0

  get bytes(): number {
    return this.#capacity * wordsPerEntry * Uint32Array.BYTES_PER_ELEMENT
  }

  /** Room that `grow` needs, in words. */
  get wordsToGrow(): number {
    return this.#capacity * wordsPerEntry
  }

  get isFull(): boolean {
    return this.#size > this.#capacity * fullAt
  }

  /**
   * Puts the entry at `source[from]` into its place. One that is equal, but for the bits of `mask` in its first word, is overwritten.
   * @returns the first word that was overwritten; 0 for a new entry
   */
  put(source: Uint32Array, from: number, mask: number): number {
    const a = source[from] ?? 0
    const b = source[from + 1] ?? 0
    const c = source[from + 2] ?? 0
    const d = source[from + 3] ?? 0
    for (let place = b % this.#capacity; ; place = place + 1 === this.#capacity ? 0 : place + 1) {
      const chunk = this.#chunks[Math.trunc(place / entriesPerChunk)] as Uint32Array // place is below the capacity
      const at = (place % entriesPerChunk) * wordsPerEntry
      const held = chunk[at] ?? 0
      const isFree = held === 0
      if (!isFree && ((held | mask) !== (a | mask) || chunk[at + 1] !== b || chunk[at + 2] !== c || chunk[at + 3] !== d)) continue
      chunk[at] = a
      if (isFree) {
        chunk[at + 1] = b
        chunk[at + 2] = c
        chunk[at + 3] = d
        this.#size++
      }
      return held
    }
  }

  /** Makes the table a third larger. @param scratch of `wordsToGrow` at least; what it holds is lost */
  grow(scratch: Uint32Array): void {
    const words = this.wordsToGrow
    for (const [at, chunk] of this.#chunks.entries()) {
      scratch.set(chunk, at * chunk.length)
      chunk.fill(0)
    }
    const chunks = Math.ceil(this.#chunks.length * growBy)
    while (this.#chunks.length < chunks) this.#chunks.push(newChunk())
    this.#capacity = chunks * entriesPerChunk
    this.#size = 0
    for (let at = 0; at < words; at += wordsPerEntry) if (scratch[at] !== 0) this.put(scratch, at, 0)
  }
}

const newChunk = (): Uint32Array => new Uint32Array(entriesPerChunk * wordsPerEntry)
