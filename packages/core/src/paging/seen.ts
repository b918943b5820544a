import { hash } from 'node:crypto'

const wordsPerEntry = 4
const shardCount = 256
const firstCapacity = 16
const growBy = 1.5
const fullAt = 0.8

interface Shard {
  words: Uint32Array
  size: number
}

/**
 * The ids that came already, as 128-bit keyed hashes in open-addressed tables: 20 to 30 bytes an id, where a Set of texts takes 80. The key is random, so
 * that nobody can choose ids that collide; that two ids of a million do by chance has a probability below 10^-26. Small tables that grow one at a time keep
 * the peak flat.
 */
export class Seen {
  readonly #key: string
  readonly #shards: Shard[] = Array.from({ length: shardCount }, () => ({ words: new Uint32Array(firstCapacity * wordsPerEntry), size: 0 }))
  #size = 0

  /** @param key random text, new for each listing */
  constructor(key: string) {
    this.#key = key
  }

  get size(): number {
    return this.#size
  }

  /** Whether the id is new; it is not from then on. */
  add(id: string): boolean {
    const digest = hash('sha256', this.#key + id, 'buffer')
    const a = digest.readUInt32LE(0)
    const entry = [a === 0 ? 1 : a, digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)] as const // 0 marks a free place
    const shard = this.#shards[digest.readUInt8(16)]
    if (shard === undefined || !insert(shard, entry)) return false
    this.#size++
    if (shard.size > (shard.words.length / wordsPerEntry) * fullAt) grow(shard)
    return true
  }
}

type Entry = readonly [number, number, number, number]

function insert(shard: Shard, [a, b, c, d]: Entry): boolean {
  const { words } = shard
  const capacity = words.length / wordsPerEntry
  for (let place = b % capacity; ; place = place + 1 === capacity ? 0 : place + 1) {
    const at = place * wordsPerEntry
    if (words[at] === 0) {
      words[at] = a
      words[at + 1] = b
      words[at + 2] = c
      words[at + 3] = d
      shard.size++
      return true
    }
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return false
  }
}

function grow(shard: Shard): void {
  const old = shard.words
  shard.words = new Uint32Array(Math.ceil((old.length / wordsPerEntry) * growBy) * wordsPerEntry)
  shard.size = 0
  for (let at = 0; at < old.length; at += wordsPerEntry) {
    const a = old[at] ?? 0
    if (a !== 0) insert(shard, [a, old[at + 1] ?? 0, old[at + 2] ?? 0, old[at + 3] ?? 0])
  }
}
