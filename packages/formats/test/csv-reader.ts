/**
 * Reads separated values by the grammar of RFC 4180 section 2 and nothing beyond it, so that it shares no habit with the writer.
 * @throws Error where the text does not follow the grammar
 */
export function readSeparated(text: string, delimiter: string, lineEnd: string): string[][] {
  const rows: string[][] = []
  let at = 0
  const field = (): string => {
    if (text[at] !== '"') {
      const from = at
      while (at < text.length && text[at] !== delimiter && !text.startsWith(lineEnd, at)) {
        if (text[at] === '"' || text[at] === '\r' || text[at] === '\n')
          throw new Error(`A bare field holds ${JSON.stringify(text[at])} at ${at}.`)
        at++
      }
      return text.slice(from, at)
    }
    let value = ''
    for (at++; ; at++) {
      if (at >= text.length) throw new Error('A quoted field does not end.')
      if (text[at] !== '"') value += text[at]
      else if (text[at + 1] === '"') value += text[at++]
      else break
    }
    at++
    return value
  }
  while (at < text.length) {
    const row = [field()]
    while (text[at] === delimiter) {
      at++
      row.push(field())
    }
    if (!text.startsWith(lineEnd, at)) throw new Error(`A line does not end as it should at ${at}.`)
    at += lineEnd.length
    rows.push(row)
  }
  return rows
}
