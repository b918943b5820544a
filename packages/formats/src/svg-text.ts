import { cutTo } from './display-width.js'
import { terminalCell } from './terminal-safe.js'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * A text for SVG, between tags or in quotes. Characters that XML does not allow, that turn text around or that nobody sees are written out, so a name
 * shows what it is.
 * @param columns where it is cut, in columns of a terminal. @default not at all
 */
export const svgText = (text: string, columns = Infinity): string =>
  cutTo(terminalCell(text), columns).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
