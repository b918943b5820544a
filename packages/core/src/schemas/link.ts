const stray = ' \t\r\n"\'“”'
// oxlint-disable-next-line no-control-regex -- a URL parser drops these silently, and a terminal obeys them
const control = /[\u0000-\u001F\u007F]/

// Nearly every link: a host by name, a path that a URL parser leaves alone, a query. Seen at once, where the parser takes six times as long, twice a task.
const plainLink = /^(https?:\/\/(?:(?!xn--)[a-z0-9-]+\.)+[a-z]+(?:\/(?!\.)[\w.~-]*)+)([?#]\w.*)?$/s

/**
 * A download link made usable: the vendor's example lacks its scheme and stands in literal quote marks (facts of the 2024 page). Undefined for what is
 * no http or https address.
 */
export function normaliseLink(value: string): string | undefined {
  const bare = withoutStray(value)
  if (bare === '' || bare === 'N/A' || control.test(bare)) return undefined
  const link = bare.startsWith('//') ? `https:${bare}` : hasScheme(bare) ? bare : `https://${bare}`
  return /^https?:/i.test(link) && URL.canParse(link) ? link : undefined
}

/** A link without what may be secret in it: user info and everything after the path. What is no web address is hidden whole. */
export function maskLink(link: string): string {
  const [, plain, rest] = plainLink.exec(link) ?? []
  if (plain !== undefined) return rest === undefined ? plain : `${plain}?***`
  const url = webAddress(link)
  if (url === undefined) return '***'
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' && url.hash === '' && url.username === '' ? '' : '?***'}`
}

function webAddress(link: string): URL | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined
}

/** `host:8080/path` has none. */
const hasScheme = (link: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(link) && !/^[^/]*:\d+(?:\/|$)/.test(link)

/** Trims by hand: a regular expression for the end takes quadratic time on a long run of blanks that is not the end. */
function withoutStray(value: string): string {
  let [start, end] = [0, value.length]
  while (start < end && stray.includes(value.charAt(start))) start++
  while (end > start && stray.includes(value.charAt(end - 1))) end--
  return value.slice(start, end)
}

/** Free text whose addresses are without what may be secret in them: user info, and all after the path. */
export function maskLinksIn(text: string): string {
  if (!text.includes('//')) return text
  return text.replaceAll(/\S+/g, (word) => {
    const address = word.indexOf('//')
    if (address === -1) return word
    const path = word.slice(address).search(/[?#]/)
    const shown = path === -1 ? word : `${word.slice(0, address + path)}?***`
    return shown.replaceAll(/\/\/[^/@]*@/g, '//***@')
  })
}
