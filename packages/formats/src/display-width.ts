import { eastAsianWidth } from 'get-east-asian-width'

const ascii = /^[\u0020-\u007E]*$/
const combining = /^\p{M}$/u

const widthOf = (character: string): number => (combining.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0))

/** Columns a text takes on a terminal: Chinese characters take two, combining marks none. */
export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** The beginning of a text within `width` columns, with an ellipsis where something is missing. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let [kept, left] = ['', width - 1]
  for (const character of text) {
    left -= widthOf(character)
    if (left < 0) break
    kept += character
  }
  return width < 1 ? '' : `${kept}…`
}
