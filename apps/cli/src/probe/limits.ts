import { redactText } from '@backset/core'
import { defineQuestion, firstPage } from './question.js'

const speaksOfLimits = /limit|quota|throttl|retry/

/** What the answers' headers say of limits. */
export const limits = defineQuestion<{ limitHeaders: Readonly<Record<string, string>>; allHeaders: readonly string[] }>({
  name: 'limits',
  asks: [firstPage],
  async measure(asker) {
    await asker.page(firstPage)
    const headers = [...asker.headers()]
    return {
      limitHeaders: Object.fromEntries(
        headers.filter(([name]) => speaksOfLimits.test(name)).map(([name, value]) => [name, redactText(value, 100)]),
      ),
      allHeaders: headers.map(([name]) => name).toSorted(),
    }
  },
  tell: ({ limitHeaders, allHeaders }) => {
    const names = Object.keys(limitHeaders)
    return names.length === 0 ? `no header speaks of them, of ${allHeaders.length} that came` : names.join(', ')
  },
})
