import { svgText } from '@backset/formats'
import { raw } from 'hono/html'

/**
 * A text from DBS: it cannot turn the line around it (bdi), and what nobody would see in it is written out: control characters, bidi marks, zero-width
 * ones. Escaped as everything else.
 */
export const Text = ({ children }: { readonly children: string }) => <bdi>{raw(svgText(children))}</bdi>

/** The same for an attribute, where there are no tags. */
export { terminalCell as attributeText } from '@backset/formats'
