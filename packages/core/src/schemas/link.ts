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
  if (control.test(bare)) return undefined
  const link = bare.startsWith('//') ? `https:${bare}` : hasScheme(bare) ? bare : looksLikeHost.test(bare) ? `https://${bare}` : ''
  return withHost.test(link) && URL.canParse(link) ? link : undefined
}

/** A link without what may be secret in it: user info, parameters of the path and everything after it. What is no web address is hidden whole. */
export function maskLink(link: string): string {
  const [, plain, rest] = plainLink.exec(link) ?? []
  if (plain !== undefined) return rest === undefined ? plain : `${plain}?***`
  const url = webAddress(link)
  if (url === undefined) return '***'
  const [path = '', ...parameters] = url.pathname.split(/;|%3b/i)
  const isWhole = parameters.length === 0 && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return `${url.protocol}//${url.host}${path}${isWhole ? '' : '?***'}`
}

function webAddress(link: string): URL | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined
}

/** A name or address with a dot, or with a port: `null`, `undefined` and `-` are words for no link, and no host of a file is called so. */
const looksLikeHost = /^(?:[^\s/?#;.]+\.[^\s/?#;]*[^\s/?#;.]|[^\s/?#;:]+:\d+|\[[\da-f:.]+\])(?=[/?#;:]|$)/i
/** A URL parser takes the first word of a path for a host where there is none. */
const withHost = /^https?:\/\/[^/?#\\]/i

/** `host:8080/path` has none. */
const hasScheme = (link: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(link) && !/^[^/]*:\d+(?:\/|$)/.test(link)

/** A quote mark as HTML writes it. */
const entity = '&quot;'

/** Trims by hand: a regular expression for the end takes quadratic time on a long run of blanks that is not the end. */
function withoutStray(value: string): string {
  let [start, end] = [0, value.length]
  for (let length = 1; length > 0 && start < end; start += length) length = strayAt(value, start)
  for (let length = 1; length > 0 && start < end; end -= length) length = strayBefore(value, end)
  return value.slice(start, Math.max(start, end))
}

const strayAt = (value: string, at: number): number =>
  stray.includes(value.charAt(at)) ? 1 : value.startsWith(entity, at) ? entity.length : 0

const strayBefore = (value: string, end: number): number =>
  stray.includes(value.charAt(end - 1)) ? 1 : value.startsWith(entity, end - entity.length) ? entity.length : 0

/** Free text whose addresses are without what may be secret in them: user info, parameters of the path, and all after it. */
export function maskLinksIn(text: string): string {
  if (!text.includes('//')) return text
  return text.replaceAll(/\S+/g, (word) => {
    const address = word.indexOf('//')
    if (address === -1) return word
    const path = word.slice(address).search(/[?#;]/)
    const shown = path === -1 ? word : `${word.slice(0, address + path)}?***`
    return shown.replaceAll(/\/\/[^/@]*@/g, '//***@')
  })
}
