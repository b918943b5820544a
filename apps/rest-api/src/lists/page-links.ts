/** RFC 8288: the first page and the next one, as absolute paths. */
export function pageLinks(address: URL, nextCursor: string | null): string {
  const links = [link(address, undefined, 'first')]
  if (nextCursor !== null) links.push(link(address, nextCursor, 'next'))
  return links.join(', ')
}

function link({ pathname, searchParams }: URL, cursor: string | undefined, rel: string): string {
  const query = new URLSearchParams(searchParams)
  query.delete('cursor')
  if (cursor !== undefined) query.set('cursor', cursor)
  return `<${pathname}?${query.toString()}>; rel="${rel}"`
}
