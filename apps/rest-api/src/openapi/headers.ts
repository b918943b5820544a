/** Headers of answers, named once; contracts point at them. */
export const headers = {
  RequestId: header(
    "This request's id: the caller's own `x-request-id` when it can be one, else made here",
    '4f1c0a52-8f0e-4d0a-a4d0-0c3b5b4f6f0e',
    { required: true },
  ),
  UpstreamRequestId: header("DBS's RequestId of the answer that this one was made from", '94E3DDE9-C23F-5A3C-AD6A-1D0B0A6C1E1F'),
  RetryAfter: header('Seconds to wait before asking again', 5, { required: true }),
  RateLimit: header('What is left of the limit of this key or address', 'limit=50, remaining=49, reset=1'),
  RateLimitPolicy: header('The limit: so many requests in a window of so many seconds', '50;w=1'),
  Challenge: header('How to show who asks', 'Bearer realm="backset"'),
  ETag: header('Names this content: send it as `If-None-Match` to be told whether it still holds', 'W/"Yl3cVyQHvRmKWh0bTnN5Dw"'),
  Age: header('Seconds since DBS was asked', 2),
  CacheStatus: header(
    'RFC 9211: kept here, asked for now, shared with others who asked at once, or kept because DBS could not be asked',
    'backset; hit',
  ),
  Link: header(
    'RFC 8288: the first page, and the next one where there is one',
    '</v1/download-tasks?backupPlanId=dbstooi01eXXXX>; rel="first"',
  ),
} as const

export type HeaderName = keyof typeof headers

/** Points at a header. */
export const headerRef = (name: HeaderName): { readonly $ref: string } => ({ $ref: `#/components/headers/${name}` })

/** What an answer says of its age and content; the same with and without a body. */
export const snapshotHeaders = { ETag: headerRef('ETag'), Age: headerRef('Age'), 'Cache-Status': headerRef('CacheStatus') }

function header(description: string, example: string | number, { required = false }: { readonly required?: boolean } = {}) {
  const type = typeof example === 'number' ? ('integer' as const) : ('string' as const)
  return { description, schema: { type }, example, ...(required && { required }) }
}
