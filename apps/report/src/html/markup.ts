import { svgText } from '@backset/formats'

/** HTML that may stand in a page as it is: only `markup` and `trusted` make it. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | undefined | readonly Part[]

/**
 * HTML with values put in: text is escaped, also for an attribute in double quotes, and what nobody would see in it or what turns it around is written out.
 * Nothing else makes markup of a text.
 */
export const markup = (literals: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: literals.reduce((page, literal, at) => page + textOf(parts[at - 1]) + literal),
})

/** Markup that we made by other means: our own charts. */
export const trusted = (made: string): Markup => ({ markup: made })

/** A name from outside: it cannot turn the words beside it around. */
export const isolated = (text: string): Markup => markup`<bdi>${cut(text)}</bdi>`

function textOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return part.toLocaleString('en-US')
  if (typeof part === 'string') return svgText(part)
  return 'markup' in part ? part.markup : part.map(textOf).join('')
}

/** Characters of one value that a page shows; the export of all rows has them all. */
const longest = 1000

const cut = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest)}…`)
