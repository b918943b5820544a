type Headers = Readonly<Record<string, string>>

/**
 * How long the server says to wait, in milliseconds; undefined when it does not say, or says nothing usable. Zero and moments that have passed count as
 * nothing said: with them all who were refused would come back at once.
 * @param headers of an answer, by lower-case name
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  return (
    acsRetryAfter(headers) ??
    httpRetryAfter(headers['retry-after'], now) ??
    rateLimit(headers['x-ratelimit-user-api']) ?? // the narrower one first, as the vendor's Go SDK does
    rateLimit(headers['x-ratelimit-user'])
  )
}

/** `x-acs-retry-after`: a positive whole number of milliseconds, else absent. The vendor's clients of 2026 take any refusal that has it for a throttle. */
export const acsRetryAfter = (headers: Headers): number | undefined => positive(headers['x-acs-retry-after'])

/** `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3); no official client reads it, proxies send it. */
function httpRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  if (/^[\d.+-]+$/.test(value)) {
    const seconds = positive(value)
    return seconds === undefined ? undefined : seconds * 1000
  }
  const waitMs = Date.parse(value) - now
  return waitMs > 0 ? waitMs : undefined
}

/** `Limit:1,Remain:0,TimeLeft:2000,Reset:1234`: used up when nothing remains. TimeLeft is in milliseconds; the vendor's Java core adds 100. */
function rateLimit(value = ''): number | undefined {
  const [, remain] = /\bRemain:(-?\d{1,9})\b/.exec(value) ?? []
  const [, timeLeft] = /\bTimeLeft:(\d{1,9})\b/.exec(value) ?? []
  return remain === '0' && timeLeft !== undefined ? Number(timeLeft) + 100 : undefined
}

const positive = (digits = ''): number | undefined => (/^0*[1-9]\d{0,11}$/.test(digits) ? Number(digits) : undefined)
