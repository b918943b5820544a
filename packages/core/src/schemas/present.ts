import type { DownloadTask } from './download-task.js'
import { isRecord } from './lenient.js'
import { maskLink } from './link.js'

/** How links are shown: without what may be signed, not at all, or whole. */
export type LinkView = 'masked' | 'omitted' | 'full'

const linkFields = ['backupSetDownloadInternetUrl', 'backupSetDownloadIntranetUrl'] as const
const speaksOfSecrets = /url|token|sign|secret|password/i
const urlWithQuery = /^["'\s]*(?:https?:)?\/\/[^\s]*[?#]/i

/** The gate before everything that prints: a task whose links are as `links` says, in its fields and in `raw`. */
export function present(task: DownloadTask, { links }: { readonly links: LinkView }): DownloadTask {
  if (links === 'full') return task
  const shown = { ...task }
  for (const field of linkFields) {
    const link = shown[field]
    if (link === undefined) continue
    if (links === 'omitted') delete shown[field]
    else shown[field] = maskLink(link)
  }
  if (shown.raw !== undefined) shown.raw = presentValue(shown.raw, { links }) as Record<string, unknown>
  return shown
}

/** The same gate for a plain value, as an answer of `call`: a URL with a query, and a value whose key speaks of url, token or sign, is masked. */
export function presentValue(value: unknown, { links }: { readonly links: LinkView }, key = ''): unknown {
  if (links === 'full' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => presentValue(one, { links }, key))
  if (isRecord(value)) {
    const copy = Object.create(null) as Record<string, unknown>
    for (const [name, inner] of Object.entries(value)) {
      if (links === 'omitted' && isSecret(name, inner)) continue
      copy[name] = presentValue(inner, { links }, name)
    }
    return copy
  }
  return isSecret(key, value) ? maskLink(value) : value
}

const isSecret = (key: string, value: unknown): value is string =>
  typeof value === 'string' && value !== '' && (speaksOfSecrets.test(key) || urlWithQuery.test(value))

/** Whether two looks at a task tell the same: links take no part, they may be signed anew at each read. */
export const sameTask = (a: DownloadTask, b: DownloadTask): boolean => taskFingerprint(a) === taskFingerprint(b)

/** What a task tells, as text that is equal for equal tasks. */
export function taskFingerprint(task: DownloadTask): string {
  const shown = present(task, { links: 'omitted' })
  return JSON.stringify(Object.entries(shown).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
