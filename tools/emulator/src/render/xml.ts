import type { Tree } from '../world/wire.js'

/** One element a member, one element a row, no attributes: the shape of the documented samples. */
export const toXml = (root: string, value: Tree): string => element(root, value)

function element(name: string, value: Tree): string {
  if (isList(value)) return value.map((item) => element(name, item)).join('')
  return `<${name}>${content(value)}</${name}>`
}

function content(value: Tree): string {
  if (value === null) return ''
  if (typeof value === 'string') return escape(value)
  if (typeof value !== 'object') return String(value)
  let text = ''
  for (const [name, child] of Object.entries(value)) text += element(name, child)
  return text
}

/** Control characters become references; XML 1.0 has no clean way to hold them, and what the service does is not known. */
const escape = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  text.replace(/[&<>"\u0000-\u001f]/g, (character) => named[character] ?? `&#${character.charCodeAt(0)};`)

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const isList = (value: Tree): value is readonly Tree[] => Array.isArray(value)
