import { beyondTheEnd, defineQuestion, firstPage, idsIn, tasksIn } from './question.js'

/** What is answered to a page far behind the last. */
export const beyondEnd = defineQuestion<{ answer: 'empty' | 'first-page' | 'last-page' | 'refused' | null; serviceCode: string | null }>({
  name: 'beyondEnd',
  asks: [firstPage, beyondTheEnd],
  async measure(asker) {
    const [first, beyond] = [await asker.page(firstPage), await asker.page(beyondTheEnd)]
    if ('refused' in beyond) return { answer: 'refused', serviceCode: beyond.refused }
    if (tasksIn(beyond).length === 0) return { answer: 'tasks' in first ? 'empty' : null, serviceCode: null }
    const isOnlyPage = 'tasks' in first && first.total !== undefined && first.total <= first.tasks.length
    return { answer: idsIn(beyond) === idsIn(first) && !isOnlyPage ? 'first-page' : 'last-page', serviceCode: null }
  },
  tell: ({ answer, serviceCode }) =>
    answer === 'refused'
      ? `refused with ${serviceCode}`
      : answer === null
        ? 'not known'
        : answer === 'empty'
          ? 'an empty page'
          : `the ${answer.replace('-', ' ')} again`,
})
