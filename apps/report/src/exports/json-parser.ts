import { parseExactJson } from '@backset/core'
import { wrongFile } from './wrong-file.js'

const [quote, backslash, comma, openArray, closeArray, open, close] = Array.from('"\\,[]{}', (char) => char.charCodeAt(0))
const isBlank = (char: number): boolean => char === 32 || (char >= 9 && char <= 13)

/**
 * Reads a JSON array of objects object by object, laid out in whatever way: text in, rows out, with nothing held but the object that is not yet whole.
 * No number is rounded. It throws a DbsError `wrong-file`.
 */
export class JsonParser {
  #text = ''
  /** Where to look on in the text; an escape may lead beyond its end. */
  #at = 0
  #depth = 0
  #inString = false
  #count = 0
  /** What may come outside of objects. */
  #next: 'array' | 'first' | 'object' | 'comma' | 'nothing' = 'array'

  push(text: string): readonly unknown[] {
    const rows: unknown[] = []
    this.#text += text
    let start = 0
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text.charCodeAt(this.#at)
      if (this.#depth === 0) {
        if (!isBlank(char) && this.#opens(char)) [this.#depth, start] = [1, this.#at]
      } else if (this.#inString) {
        if (char === backslash) this.#at++
        else if (char === quote) this.#inString = false
      } else if (char === quote) this.#inString = true
      else if (char === open || char === openArray) this.#depth++
      else if ((char === close || char === closeArray) && --this.#depth === 0) {
        rows.push(parsedRow(this.#text.slice(start, this.#at + 1), ++this.#count))
        this.#next = 'comma'
        start = this.#at + 1
      }
    }
    const done = this.#depth === 0 ? this.#text.length : start
    this.#text = this.#text.slice(done)
    this.#at -= done
    return rows
  }

  end(): readonly unknown[] {
    if (this.#next !== 'nothing') throw wrongFile(`It breaks off after row ${this.#count}.`)
    return []
  }

  /** Judges what stands outside of objects: whether it opens one. */
  #opens(char: number): boolean {
    const next = this.#next
    if ((next === 'first' || next === 'object') && char === open) return true
    if (next === 'array' && char === openArray) this.#next = 'first'
    else if (next === 'comma' && char === comma) this.#next = 'object'
    else if ((next === 'first' || next === 'comma') && char === closeArray) this.#next = 'nothing'
    else throw wrongFile(next === 'nothing' ? 'Text stands behind its end.' : 'It is no array of objects.')
    return false
  }
}

/** A row of JSON with its digits exact. */
export function parsedRow(text: string, count: number): unknown {
  try {
    return parseExactJson(text)
  } catch {
    throw wrongFile(`Row ${count} is no JSON.`)
  }
}
