/** A terminal in memory that understands what a live table writes, and refuses all else. */
export class Screen {
  readonly #rows: number
  readonly #columns: number
  #lines: string[]
  #main: string[] = ['']
  #at: readonly [row: number, column: number] = [0, 0]
  isAlternate = false
  isCursorShown = true
  doesWrap = true
  /** Lines that were written to, since the last time. */
  #touched = new Set<number>()

  constructor(rows: number, columns: number) {
    this.#rows = rows
    this.#columns = columns
    this.#lines = Array.from({ length: rows }, () => '')
  }

  get lines(): readonly string[] {
    return this.#lines.map((line) => line.trimEnd())
  }

  /** What stands on the screen that is not the live one. */
  get main(): string {
    return this.#main.join('\n')
  }

  takeTouched(): readonly number[] {
    const touched = [...this.#touched].toSorted((a, b) => a - b)
    this.#touched.clear()
    return touched
  }

  write(text: string): void {
    const [before = '', ...parts] = text.split('\u001B[')
    if (before !== '') this.#print(before)
    for (const part of parts) {
      const [sequence = ''] = /^[?\d;]*[A-Za-z]/.exec(part) ?? []
      this.#obey(sequence)
      if (part.length > sequence.length) this.#print(part.slice(sequence.length))
    }
  }

  #obey(sequence: string): void {
    const place = /^(\d+);1H$/.exec(sequence)
    if (place !== null) this.#at = [Number(place[1]) - 1, 0]
    else if (sequence === '?1049h' || sequence === '?1049l') this.isAlternate = sequence.endsWith('h')
    else if (sequence === '?25h' || sequence === '?25l') this.isCursorShown = sequence.endsWith('h')
    else if (sequence === '?7h' || sequence === '?7l') this.doesWrap = sequence.endsWith('h')
    else if (sequence === 'H') this.#at = [0, 0]
    else if (sequence === '2J') this.#lines = this.#lines.map(() => '')
    else if (sequence === '2K') this.#put(this.#at[0], '')
    else if (!/^\d*m$/.test(sequence)) throw new Error(`A live table writes no ${JSON.stringify(sequence)}.`)
  }

  #print(text: string): void {
    if (!this.isAlternate) {
      this.#main = `${this.#main.join('\n')}${text}`.split('\n')
      return
    }
    const [row, column] = this.#at
    if (/[\n\r]/.test(text) || row >= this.#rows) throw new Error(`${JSON.stringify(text)} would scroll the screen.`)
    this.#put(row, `${(this.#lines[row] ?? '').slice(0, column).padEnd(column)}${text}`.slice(0, this.#columns))
    this.#at = [row, column + text.length]
  }

  #put(row: number, line: string): void {
    this.#lines[row] = line
    this.#touched.add(row)
  }
}
