import type { Tree } from '../world/wire.js'

/** JSON with every digit of a Long; `JSON.stringify` cannot write one. */
export function toJson(value: Tree): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map(toJson).join(',')}]`
  let text = ''
  for (const name in value) text += `${text === '' ? '' : ','}"${name}":${toJson(value[name] ?? null)}`
  return `{${text}}`
}

/** `Array.isArray` does not narrow readonly arrays. */
const isList = (value: object): value is readonly Tree[] => Array.isArray(value)
