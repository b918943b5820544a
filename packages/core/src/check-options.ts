import { InputError } from './errors/input-error.js'
import { nearestName } from './nearest-name.js'

/** What an option takes. */
export interface Domain {
  /** In words that follow "must be". */
  readonly words: string
  readonly holds: (value: unknown) => boolean
}

/** A domain for every option there is. */
export type Domains<Options> = { readonly [Name in keyof Required<Options>]: Domain }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

export const text: Domain = { words: 'text that is not empty', holds: (value) => typeof value === 'string' && value !== '' }
export const flag: Domain = { words: 'true or false', holds: (value) => typeof value === 'boolean' }
/** Which text is one, `parseDuration` says. */
export const duration: Domain = { words: 'milliseconds, or text as 30s', holds: (value) => ['number', 'string'].includes(typeof value) }
export const callback: Domain = { words: 'a function', holds: (value) => typeof value === 'function' }
export const record: Domain = { words: 'an object', holds: isObject }
export const abortSignal: Domain = {
  words: 'an AbortSignal',
  holds: (value) => isObject(value) && 'aborted' in value && typeof value['addEventListener'] === 'function',
}
/** Judged elsewhere, in the words of the operation. */
export const anything: Domain = { words: 'anything', holds: () => true }

export const count = (least: number): Domain => ({
  words: `a whole number from ${least}`,
  holds: (value) => Number.isSafeInteger(value) && Number(value) >= least,
})

export const oneOf = (...choices: readonly unknown[]): Domain => ({
  words: choices.length > 2 ? `one of ${choices.join(', ')}` : choices.join(' or '),
  holds: (value) => choices.includes(value),
})

/** An object with these methods; it may have more. */
export const having = (words: string, ...methods: readonly string[]): Domain => ({
  words,
  holds: (value) => isObject(value) && methods.every((method) => typeof value[method] === 'function'),
})

/**
 * Checks options as JavaScript may give them, where no compiler looked. What is undefined counts as left out. A table, and no schema: it is checked for
 * every client and list.
 * @param taker who takes them, for the message
 * @throws InputError that names the option and what it takes; of a name that is not known, the nearest. Only short plain values are quoted, and never the
 * one of `credentials`
 */
export function checkOptions<Options extends object>(taker: string, options: Options, domains: Domains<Options>): void {
  if (!isObject(options)) throw new InputError(`${taker} takes its options as an object.`)
  const known: Readonly<Record<string, Domain>> = domains
  for (const [field, value] of Object.entries(options)) {
    const domain = Object.hasOwn(known, field) ? known[field] : undefined
    if (domain === undefined) throw unknownOption(taker, field, Object.keys(known))
    if (value === undefined || domain.holds(value)) continue
    const fault = field === 'credentials' ? '' : ` is ${shown(value)}, but`
    throw new InputError(`${field}${fault} must be ${domain.words}.`, { field })
  }
}

function unknownOption(taker: string, field: string, known: readonly string[]): InputError {
  const nearest = nearestName(field, known)
  return new InputError(`${taker} takes no option ${JSON.stringify(field.slice(0, 60))}.`, {
    field,
    hint: nearest === undefined ? `It takes ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.length <= 40 ? JSON.stringify(value) : 'a long text'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return String(value)
}
