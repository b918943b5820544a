/** Any base will do: a path of this server keeps it, everything else leaves it. */
const base = 'http://here.invalid'

/** A path of this server to go on to, with its query; `/` for everything that would lead elsewhere, or that no browser agrees on. */
export function localPath(next: string | undefined): string {
  // A browser drops tabs and line ends, and takes a backslash for a slash: `/\evil` is another host.
  if (next === undefined || !next.startsWith('/') || /[\\\p{Cc}]/u.test(next) || !URL.canParse(next, base)) return '/'
  const { origin, pathname, search, hash } = new URL(next, base)
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}
