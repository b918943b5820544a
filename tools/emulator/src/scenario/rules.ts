import { createDice } from '../world/random.js'
import type { Fault, Move, Rule, Shape } from './scenario.js'

/** What a request meets. */
export interface Fate {
  readonly fault: Fault | undefined
  readonly shapes: readonly Shape[]
  readonly moves: readonly Move[]
}

const noFate: Fate = { fault: undefined, shapes: [], moves: [] }

/** Counts requests for each rule and says which rules fire. */
export class Rules {
  readonly #rules: readonly { readonly rule: Rule; seen: number; fired: number }[]
  readonly #dice: () => number

  constructor(rules: readonly Rule[], seed: number) {
    this.#rules = rules.map((rule) => ({ rule, seen: 0, fired: 0 }))
    this.#dice = createDice(seed)
  }

  /** @param pageNum as sent; undefined when it was not sent or is no number */
  decide(action: string, pageNum: number | undefined): Fate {
    if (this.#rules.length === 0) return noFate
    const fired = this.#rules.filter((state) => {
      const { rule } = state
      if (rule.action !== undefined && rule.action !== action) return false
      if (rule.pageNum !== undefined && rule.pageNum !== (pageNum ?? 0)) return false
      state.seen += 1
      if (rule.times !== undefined && state.fired >= rule.times) return false
      if (!isTurn(rule, state.seen) || (rule.probability !== undefined && this.#dice() >= rule.probability)) return false
      state.fired += 1
      return true
    })
    return {
      fault: fired.find(({ rule }) => rule.fault !== undefined)?.rule.fault,
      shapes: fired.flatMap(({ rule }) => rule.shape ?? []),
      moves: fired.flatMap(({ rule }) => rule.move ?? []),
    }
  }
}

function isTurn({ nth, every }: Rule, seen: number): boolean {
  if (nth !== undefined && !(Array.isArray(nth) ? nth : [nth]).includes(seen)) return false
  return every === undefined || seen % every === 0
}
