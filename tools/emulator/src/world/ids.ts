import { mix } from './random.js'

/** What an id stands for; the order is part of the ids, so new kinds go to the end. */
const kinds = ['plan', 'task', 'full-set', 'increment-job', 'created-task', 'gateway'] as const

export type Kind = (typeof kinds)[number]

export interface Meaning {
  readonly kind: Kind
  readonly plan: number
  readonly index: number
}

/** Rows a plan may have, and plans a world may have, so that every id fits 40 bits. */
export const maxTasks = 2 ** 24
export const maxPlans = 2 ** 12

const half = 2 ** 20
const rounds = [0, 1, 2, 3] as const

/**
 * Ids that look random and can be read back: a Feistel cipher over 40 bits. So `BackupSetDownloadTaskId` finds its row among millions without an index.
 */
export class Ids {
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  /** Eight characters, unique for the meaning. */
  write({ kind, plan, index }: Meaning): string {
    const number = (kinds.indexOf(kind) * maxPlans + plan) * maxTasks + index
    let [left, right] = [Math.floor(number / half), number % half]
    for (const round of rounds) [left, right] = [right, left ^ this.#round(round, right)]
    return (left * half + right).toString(36).padStart(8, '0')
  }

  /** The meaning of eight characters; undefined for what this seed never wrote. */
  read(text: string): Meaning | undefined {
    if (!/^[0-9a-z]{8}$/.test(text)) return undefined
    const number = Number.parseInt(text, 36)
    if (number >= half * half) return undefined
    let [left, right] = [Math.floor(number / half), number % half]
    for (const round of rounds.toReversed()) [left, right] = [right ^ this.#round(round, left), left]
    const plain = left * half + right
    const kind = kinds[Math.floor(plain / (maxPlans * maxTasks))]
    return kind === undefined ? undefined : { kind, plan: Math.floor(plain / maxTasks) % maxPlans, index: plain % maxTasks }
  }

  #round(round: number, value: number): number {
    return mix(this.#seed, round + 0x1d, value) % half
  }
}
