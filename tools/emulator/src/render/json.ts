import type { Tree } from '../world/wire.js'

/** JSON with every digit of a Long; `JSON.stringify` cannot write one, and this is as fast. */
export function toJson(value: Tree): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  let text = ''
  if (isList(value)) {
    for (const item of value) text += (text === '' ? '' : ',') + toJson(item)
    return `[${text}]`
  }
  for (const name in value) text += `${text === '' ? '"' : ',"'}${name}":${toJson(value[name] ?? null)}`
  return `{${text}}`
}

/** Most texts need no escape, and looking costs less than escaping. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const special = /["\\\u0000-\u001f\ud800-\udfff]/

const quoted = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`)

/** `Array.isArray` does not narrow readonly arrays. */
const isList = (value: object): value is readonly Tree[] => Array.isArray(value)
