import { pagePolicy } from '../middleware/secure-headers.js'

/** What every page is answered with: it is not kept, and loads nothing from elsewhere. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy,
  // Not `no-referrer` as data has it: the page's own forms would come with `Origin: null` (Fetch, "append a request Origin header").
  'referrer-policy': 'same-origin',
} as const
