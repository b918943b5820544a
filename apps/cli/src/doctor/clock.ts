import { defineCheck } from './check.js'
import { headOf } from '../network/head-of.js'

/** A difference that is told, and one that DBS refuses: it takes requests within 15 minutes of its own time. */
const [tolerableMs, refusedMs] = [60_000, 15 * 60_000]

/** How far this machine's clock is from the host's, by the `Date` of an answer to a request that asks nothing. */
export const clockCheck = defineCheck({
  name: 'clock',
  needs: ['region-host', 'proxy', 'dns', 'tls'],
  isOneAttempt: true,
  async run({ 'region-host': { url }, proxy }, { clock, signal }) {
    const askedAt = clock.now()
    // Nothing is signed and no action named, so the answer is a refusal, which has the time on it too.
    const { headers } = await headOf(url, { proxy, signal })
    const answeredAt = clock.now()
    const theirs = Date.parse(headers.date ?? '')
    if (Number.isNaN(theirs))
      return {
        result: 'warning',
        detail: 'The host answers without saying what time it is.',
        hint: 'Something other than DBS may answer; see the check permission.',
        fact: 'answered',
      }
    // The header has whole seconds, cut off.
    const offsetMs = theirs + 500 - (askedAt + answeredAt) / 2
    const detail =
      Math.abs(offsetMs) < 2000 ? 'right to 2 s' : `${length(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead of'} the host's`
    if (Math.abs(offsetMs) < tolerableMs) return { result: 'ok', detail, fact: 'answered' }
    const hint = 'Set the clock of this machine (NTP).'
    if (Math.abs(offsetMs) < refusedMs) return { result: 'warning', detail, hint, fact: 'answered' }
    return { result: 'failed', detail: `${detail}; DBS takes requests within 15 minutes`, hint, code: 'clock-skewed', fact: 'answered' }
  },
})

function length(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${(seconds / 3600).toFixed(1)} hours`
}
