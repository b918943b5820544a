import { DownloadTask } from './download-task.js'
import { isRecord } from './lenient.js'
import { maskLink, maskLinksIn, normaliseLink } from './link.js'

/** How links are shown: without what may be signed, not at all, or whole. */
export type LinkView = 'masked' | 'omitted' | 'full'

const linkFields = ['backupSetDownloadInternetUrl', 'backupSetDownloadIntranetUrl'] as const
// A ClientToken opens nothing: it names a call, so that it can be made again.
const namesSecret = /(?<!client)token|sign|secret|password/i
const namesLink = /url/i
const linkWithQuery = /^["'“”\s]*(?:https?:)?\/\/\S*[?#;]/i

/** The gate before everything that prints: a task whose links are as `links` says, in its fields, in its message and in `raw`. */
export function present(task: DownloadTask, { links }: { readonly links: LinkView }): DownloadTask {
  if (links === 'full') return task
  const shown = { ...task }
  for (const field of linkFields) {
    const link = shown[field]
    if (link === undefined) continue
    if (links === 'omitted') delete shown[field]
    else shown[field] = maskLink(link)
  }
  if (shown.errMessage !== undefined) shown.errMessage = maskLinksIn(shown.errMessage)
  if (shown.raw !== undefined) shown.raw = presentValue(shown.raw, { links }) as Record<string, unknown>
  return shown
}

/**
 * The same gate for a plain value, as an answer of `call`: a value whose key speaks of a token, signature or secret is hidden, as deep as it goes; one whose
 * key speaks of a URL, or that is a link with a query, is shown up to its path, and so is a link amid text.
 */
export function presentValue(value: unknown, { links }: { readonly links: LinkView }): unknown {
  return links === 'full' ? value : shownAs(value, '', links)
}

function shownAs(value: unknown, key: string, links: LinkView): unknown {
  if (Array.isArray(value)) return value.map((one) => shownAs(one, key, links))
  if (isRecord(value)) {
    const copy = Object.create(null) as Record<string, unknown>
    for (const [name, inner] of Object.entries(value)) {
      // What stands inside a secret is one.
      const inherited = namesSecret.test(key) ? key : name
      if (links === 'omitted' && isHidden(inner, inherited)) continue
      copy[name] = shownAs(inner, inherited, links)
    }
    return copy
  }
  if (value === '' || value === null || typeof value === 'boolean') return value
  if (namesSecret.test(key) && !isSignedLink(value, key)) return '***'
  if (typeof value !== 'string') return value
  return isHidden(value, key) ? maskLink(normaliseLink(value) ?? value) : maskLinksIn(value)
}

/** As `SignedUrl`: its path may be seen. */
const isSignedLink = (value: unknown, key: string): boolean => namesLink.test(key) && typeof value === 'string' && value.includes('//')

const isHidden = (value: unknown, key: string): boolean =>
  namesSecret.test(key) || namesLink.test(key) || (typeof value === 'string' && linkWithQuery.test(value))

const told = (Object.keys(DownloadTask.shape) as (keyof DownloadTask)[]).filter(
  (field) => field !== 'raw' && field !== 'errMessage' && !(linkFields as readonly string[]).includes(field),
)

/** Whether two looks at a task tell the same: links take no part, they may be signed anew at each read. */
export const sameTask = (a: DownloadTask, b: DownloadTask): boolean =>
  a === b || (told.every((field) => a[field] === b[field]) && restOf(a) === restOf(b))

/** What a task tells, as text that is equal for equal tasks. */
export const taskFingerprint = (task: DownloadTask): string => JSON.stringify(told.map((field) => task[field])) + restOf(task)

/** The fields that may have a link inside. */
function restOf({ errMessage, raw }: DownloadTask): string {
  if (errMessage === undefined && raw === undefined) return ''
  const shown = raw === undefined ? undefined : inOrder(presentValue(raw, { links: 'omitted' }))
  return JSON.stringify([errMessage === undefined ? null : maskLinksIn(errMessage), shown])
}

/** The service may send the same fields in another order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isRecord(value)) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, inOrder(inner)])
}
