import { defineQuestion, firstPage, idsIn, secondPage, tasksIn } from './question.js'

/** In which order rows come, by their create times. */
export const order = defineQuestion<{ createTime: 'newest-first' | 'oldest-first' | 'none' | null; rows: number }>({
  name: 'order',
  asks: [firstPage, secondPage],
  async measure(asker) {
    const [zero, one] = [await asker.page(firstPage), await asker.page(secondPage)]
    const tasks = idsIn(zero) === idsIn(one) ? tasksIn(zero) : [...tasksIn(zero), ...tasksIn(one)]
    const times = tasks.flatMap(({ backupSetDownloadCreateTime: time }) => (time === undefined ? [] : [Date.parse(time)]))
    const rows = times.length
    if (new Set(times).size < 2) return { createTime: null, rows }
    const steps = times.slice(1).map((time, at) => time - (times[at] ?? time))
    return {
      createTime: steps.every((step) => step <= 0) ? 'newest-first' : steps.every((step) => step >= 0) ? 'oldest-first' : 'none',
      rows,
    }
  },
  tell: ({ createTime, rows }) =>
    createTime === null
      ? `not known: ${rows} rows tell nothing`
      : createTime === 'none'
        ? `none by create time, in ${rows} rows`
        : `${createTime.replace('-', ' ')}, in ${rows} rows`,
})
