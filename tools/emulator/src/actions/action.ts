import type { Shape } from '../scenario/scenario.js'
import type { Tree } from '../world/wire.js'
import type { World } from '../world/world.js'
import type { CreateTokens } from './create-tokens.js'

/** `integer` and `long` are checked at the gateway, as the vendor's metadata types them. */
export type ParameterType = 'text' | 'integer' | 'long' | 'boolean'

export interface ParameterRule {
  readonly type: ParameterType
  readonly required?: boolean
}

/** What the operation reads: names it declared, values of the declared types. */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }

  /** As sent; undefined when it was left out or is empty. */
  text(name: string): string | undefined {
    const value = this.#values.get(name)
    return value === '' ? undefined : value
  }

  number(name: string): number | undefined {
    const value = this.text(name)
    return value === undefined ? undefined : Number(value)
  }

  /** All as one text, to tell one request from another. */
  fingerprint(): string {
    return JSON.stringify([...this.#values].filter(([name]) => name !== 'ClientToken').toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

interface ActionContext {
  readonly world: World
  readonly shapes: readonly Shape[]
  readonly tokens: CreateTokens
}

/** One operation of the API: what it takes, and what it answers beside the envelope. */
export interface Action {
  readonly name: string
  readonly parameters: Readonly<Record<string, ParameterRule>>
  readonly run: (parameters: Parameters, context: ActionContext) => Readonly<Record<string, Tree>>
}

const text: ParameterRule = { type: 'text' }

/** Taken by every operation: ClientToken by the pages, OwnerId by the vendor's SDKs alone. */
export const everywhere: Readonly<Record<string, ParameterRule>> = { ClientToken: text, OwnerId: { type: 'long' } }

export const paged: Readonly<Record<string, ParameterRule>> = { PageNum: { type: 'integer' }, PageSize: { type: 'integer' } }

export const optional: ParameterRule = text
export const required: ParameterRule = { type: 'text', required: true }
