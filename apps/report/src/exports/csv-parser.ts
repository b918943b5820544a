import { wrongFile } from './wrong-file.js'

/** Where a cell ends that is not in quotes, or is not as it should be. */
const bareEnd = /[,\r\n"]/g

/**
 * A strict reader of CSV (RFC 4180; a line may end with LF alone): text in, records out, with nothing held but the record that is not yet whole.
 * It throws a DbsError `wrong-file` for a quote that is out of place.
 */
export class CsvParser {
  #record: string[] = []
  #cell = ''
  #place: 'start' | 'bare' | 'quoted' | 'closed' | 'return' = 'start'
  #count = 0

  push(text: string): readonly (readonly string[])[] {
    const records: string[][] = []
    for (let at = 0; at < text.length;) {
      if (this.#place === 'quoted') {
        const end = text.indexOf('"', at)
        this.#cell += text.slice(at, end === -1 ? undefined : end)
        if (end === -1) break
        this.#place = 'closed'
        at = end + 1
        continue
      }
      const char = text[at]
      if (this.#place === 'return' && char !== '\n') throw this.#fault('has a bare CR')
      if (char === '"') this.#quote()
      else if (char === ',') this.#endCell()
      else if (char === '\r') this.#place = 'return'
      else if (char === '\n') records.push(this.#endRecord())
      else {
        if (this.#place === 'closed') throw this.#fault('has text behind a closing quote')
        bareEnd.lastIndex = at
        const end = bareEnd.exec(text)?.index ?? text.length
        this.#cell += text.slice(at, end)
        this.#place = 'bare'
        at = end
        continue
      }
      at++
    }
    return records
  }

  /** What is left when the text has ended: a last line without an end. */
  end(): readonly (readonly string[])[] {
    if (this.#place === 'quoted') throw this.#fault('ends within quotes')
    return this.#place === 'start' && this.#record.length === 0 ? [] : [this.#endRecord()]
  }

  #quote(): void {
    if (this.#place === 'bare') throw this.#fault('has a quote amid a cell')
    if (this.#place === 'closed') this.#cell += '"'
    this.#place = 'quoted'
  }

  #endCell(): void {
    this.#record.push(this.#cell)
    this.#cell = ''
    this.#place = 'start'
  }

  #endRecord(): string[] {
    this.#endCell()
    const record = this.#record
    this.#record = []
    this.#count++
    return record
  }

  #fault(what: string) {
    return wrongFile(`${this.#count === 0 ? 'The header' : `Row ${this.#count}`} ${what}.`)
  }
}
