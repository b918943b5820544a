const stray = /^[\s"'“”]+|[\s"'“”]+$/g

/**
 * A download link made usable: the vendor's example lacks its scheme and stands in literal quote marks (facts of the 2024 page). Undefined for what is
 * no http or https address.
 */
export function normaliseLink(value: string): string | undefined {
  const bare = value.replaceAll(stray, '')
  if (bare === '' || bare === 'N/A') return undefined
  const link = bare.startsWith('//')
    ? `https:${bare}`
    : /^[a-z][a-z0-9+.-]*:/i.test(bare) && !/^[^/]*:\d+(?:\/|$)/.test(bare)
      ? bare
      : `https://${bare}`
  const url = URL.canParse(link) ? new URL(link) : undefined
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') ? link : undefined
}

// Nearly every link: a host by name, a path that a URL parser leaves alone, a query. Seen at once, where the parser takes six times as long, twice a task.
const plainLink = /^(https?:\/\/(?:(?!xn--)[a-z0-9-]+\.)+[a-z]+(?:\/(?!\.)[\w.~-]*)+)([?#]\w.*)?$/s

/** A link without what may be secret in it: user info and everything after the path. */
export function maskLink(link: string): string {
  const [, plain, rest] = plainLink.exec(link) ?? []
  if (plain !== undefined) return rest === undefined ? plain : `${plain}?***`
  const url = URL.canParse(link) ? new URL(link) : undefined
  if (url === undefined) return '***'
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' && url.hash === '' && url.username === '' ? '' : '?***'}`
}
