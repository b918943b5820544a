import { parseAccept } from 'hono/utils/accept'
import { ApiError } from './api-error.js'

/** What a list can be answered in, the likeliest first. */
export const listFormats = ['json', 'ndjson', 'csv'] as const
export type ListFormat = (typeof listFormats)[number]

/** What an answer calls itself. RFC 4180 has `header` as a parameter of text/csv. */
export const contentTypes: Readonly<Record<ListFormat, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** NDJSON has no registered type; all three are in use. */
const names: Readonly<Record<ListFormat, readonly string[]>> = {
  json: ['application/json'],
  ndjson: ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
  csv: ['text/csv'],
}

/**
 * The format an `Accept` header wants most (RFC 9110, 12.5.1): of each format's names the nearest range counts; of equal weights the one that was
 * named beats a wildcard.
 * @throws ApiError `not-acceptable` when none will do
 */
export function negotiate(accept: string | undefined): ListFormat {
  if (accept === undefined || accept === '') return 'json'
  const ranges = parseAccept(accept).map(({ type, q }) => ({ type: type.toLowerCase(), q }))
  const weighed = listFormats.map((format) => {
    const wishes = names[format].map((name) => nearestWish(name, ranges))
    return { format, ...wishes.reduce((best, wish) => (order(wish, best) < 0 ? wish : best)) }
  })
  const [best] = weighed.toSorted(order)
  if (best !== undefined && best.q > 0) return best.format
  throw new ApiError(
    'not-acceptable',
    'A list comes as application/json, application/x-ndjson or text/csv, and Accept takes none of them.',
    {
      hint: '?format=json, ndjson or csv goes before Accept.',
    },
  )
}

interface Wish {
  readonly q: number
  /** 0 for no match, 1 for a range of everything, 2 for one of a kind, 3 for the very name. */
  readonly nearness: number
}

/** The heavier wish first, then the nearer one. */
const order = (a: Wish, b: Wish): number => b.q - a.q || b.nearness - a.nearness

function nearestWish(name: string, ranges: readonly { readonly type: string; readonly q: number }[]): Wish {
  const kind = `${name.slice(0, name.indexOf('/'))}/*`
  let nearest: Wish = { q: 0, nearness: 0 }
  for (const { type, q } of ranges) {
    const nearness = type === name ? 3 : type === kind ? 2 : type === '*/*' ? 1 : 0
    if (nearness > nearest.nearness) nearest = { q, nearness }
  }
  return nearest
}
