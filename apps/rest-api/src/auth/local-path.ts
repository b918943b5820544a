/** Any base will do: a path of this server keeps it, everything else leaves it. */
const base = 'http://here.invalid'

/**
 * A path of this server to go on to, with its query; `/` for everything that would lead elsewhere. It is read as a browser reads it, who drops tabs and
 * takes a backslash for a slash, and written anew: `/\evil` is another host.
 */
export function localPath(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || !URL.canParse(next, base)) return '/'
  const { origin, pathname, search, hash } = new URL(next, base)
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}
