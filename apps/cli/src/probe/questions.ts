import { beyondEnd } from './beyond-end.js'
import { emptyShape } from './empty-shape.js'
import { limits } from './limits.js'
import { links } from './links.js'
import { order } from './order.js'
import { pageBase } from './page-base.js'
import type { Ask, Question } from './question.js'

/** Every question, in the order of the findings. */
export const questions = [pageBase, emptyShape, beyondEnd, order, limits, links] as readonly Question[]

/** What all of them ask, each once. */
export const allAsks: readonly Ask[] = [...new Map(questions.flatMap(({ asks }) => asks).map((ask) => [keyOf(ask), ask])).values()]

export function keyOf({ of, pageNum, again = false }: Ask): string {
  return `${of} ${pageNum}${again ? ' again' : ''}`
}
