import { defineQuestion, firstPage, idsIn, secondPage, tasksIn } from './question.js'

/** From where pages are counted, and what page 0 is where that is 1. */
export const pageBase = defineQuestion<{ base: 0 | 1 | null; zero: 'as-one' | 'refused' | null; echo: number | null }>({
  name: 'pageBase',
  asks: [firstPage, secondPage],
  async measure(asker) {
    const [zero, one] = [await asker.page(firstPage), await asker.page(secondPage)]
    if ('refused' in zero) return { base: tasksIn(one).length > 0 ? 1 : null, zero: 'refused', echo: null }
    const echo = zero.echo ?? null
    if (tasksIn(zero).length === 0) return { base: null, zero: null, echo }
    if (idsIn(zero) === idsIn(one)) return { base: 1, zero: 'as-one', echo }
    return { base: 0, zero: null, echo }
  },
  tell: ({ base, zero, echo }) => {
    if (base === null) return `not known: there are no tasks to compare${echo === null ? '' : `; page 0 calls itself ${echo}`}`
    if (base === 0) return `from 0${echo === 0 ? '' : `, though page 0 calls itself ${echo ?? 'nothing'}`}`
    return zero === 'refused' ? 'from 1; page 0 is refused' : 'from 1; page 0 is page 1'
  },
})
