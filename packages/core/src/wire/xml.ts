import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { maxDepth } from './json.js'
import { decodeReferences } from './xml-references.js'

const nothing = (): void => undefined

const parser = new XMLParser({
  ignoreAttributes: true, // DBS sends none
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false, // no text becomes a number
  trimValues: false,
  // The parser's own decoder drops numeric references it does not like and leaves unknown ones as they are; neither is the text that was sent.
  entityDecoder: {
    decode: decodeReferences,
    reset: nothing,
    setXmlVersion: nothing,
    setExternalEntities: nothing,
    addInputEntities: nothing,
  },
  maxNestedTags: maxDepth,
})

/** An XML answer: the name of its root, and what is inside as plain values. An empty element is `""`, repeated ones are an array. */
export interface XmlAnswer {
  readonly root: string
  readonly value: unknown
}

/**
 * Reads an XML answer. A DOCTYPE is refused before anything is parsed.
 * @throws Error when it is no whole XML document with one root, nests too deep, or names an element as the prototype is named
 */
export function parseXml(text: string): XmlAnswer {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new Error('it holds a DOCTYPE')
  const checked = XMLValidator.validate(text)
  if (checked !== true) throw new Error(`it is no whole XML (${checked.err.msg} in line ${checked.err.line})`)
  if (text.slice(text.lastIndexOf('>') + 1).trim() !== '') throw new Error('it goes on behind its end')
  const document: unknown = parser.parse(text)
  const [first, ...others] = Object.entries(withoutLayout(document) as Record<string, unknown>)
  if (first === undefined || others.length > 0 || Array.isArray(first[1])) throw new Error('it has not one root')
  return { root: first[0], value: first[1] }
}

/** Takes off the white space between child elements; text of an element that has no children stays as it is. */
function withoutLayout(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLayout)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) =>
      name === '#text' && String(child).trim() === '' ? [] : [[name, withoutLayout(child)]],
    ),
  )
}
