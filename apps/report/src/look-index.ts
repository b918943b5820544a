import { hash } from 'node:crypto'
import { taskStates, type TaskState } from '@backset/core'

/** What is remembered of a task that was seen. */
export interface SeenBefore {
  /** Whether it tells the same now. */
  readonly isSame: boolean
  readonly state: TaskState
  /** Whether it passed the filter. */
  readonly passed: boolean
  /** Whether it was met before: then it is there twice. */
  readonly again: boolean
}

const [used, passedBit, metBit, stateShift] = [1, 2, 4, 3]
const wordsASlot = 4

/** The tasks of an earlier look in 34 to 68 bytes each, however much they tell: 64 bits of a hash stand for a key, 64 for what the task told. */
export class LookIndex {
  /** Key and fingerprint, two words each; open addressing, at most half full. */
  #words = new Uint32Array(wordsASlot * 1024)
  #info = new Uint8Array(1024)
  #size = 0

  /** How many tasks. */
  get size(): number {
    return this.#size
  }

  add(key: string, fingerprint: string, { state, passed }: { readonly state: TaskState; readonly passed: boolean }): void {
    if (2 * (this.#size + 1) > this.#info.length) this.#grow()
    const [high, low] = wordsOf(key)
    const slot = this.#slotOf(high, low)
    if (this.#info[slot] === 0) this.#size++
    this.#words.set([high, low, ...wordsOf(fingerprint)], wordsASlot * slot)
    this.#info[slot] = used | (passed ? passedBit : 0) | (Math.max(0, taskStates.indexOf(state)) << stateShift)
  }

  /** What was seen of a task that is there now, too; undefined for a new one. */
  meet(key: string, fingerprint: string): SeenBefore | undefined {
    const slot = this.#slotOf(...wordsOf(key))
    const info = this.#info[slot] ?? 0
    if (info === 0) return undefined
    this.#info[slot] = info | metBit
    const [high, low] = wordsOf(fingerprint)
    const at = wordsASlot * slot
    return {
      isSame: this.#words[at + 2] === high && this.#words[at + 3] === low,
      state: taskStates[info >> stateShift] ?? 'unknown',
      passed: (info & passedBit) !== 0,
      again: (info & metBit) !== 0,
    }
  }

  /** Whether a task of the earlier look was met. */
  wasMet(key: string): boolean {
    return ((this.#info[this.#slotOf(...wordsOf(key))] ?? 0) & metBit) !== 0
  }

  /** Where a key is, or would be. */
  #slotOf(high: number, low: number): number {
    const mask = this.#info.length - 1
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const at = wordsASlot * slot
      if (this.#info[slot] === 0 || (this.#words[at] === high && this.#words[at + 1] === low)) return slot
    }
  }

  #grow(): void {
    const [words, info] = [this.#words, this.#info]
    this.#words = new Uint32Array(2 * words.length)
    this.#info = new Uint8Array(2 * info.length)
    for (const [from, bits] of info.entries()) {
      if (bits === 0) continue
      const at = wordsASlot * from
      const slot = this.#slotOf(words[at] ?? 0, words[at + 1] ?? 0)
      this.#words.set(words.subarray(at, at + wordsASlot), wordsASlot * slot)
      this.#info[slot] = bits
    }
  }
}

function wordsOf(text: string): [number, number] {
  const digest = hash('sha256', text, 'buffer')
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)]
}
