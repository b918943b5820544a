import { headerRef } from './headers.js'

interface Response {
  readonly headers?: Readonly<Record<string, object>>
}

export interface DescribedOperation {
  readonly security?: readonly object[]
  readonly tags?: readonly string[]
  readonly responses?: Readonly<Record<string, Response>>
}

/** What middleware adds to the answers of a route, so that no contract has to say it. */
export function withEnvelope<Operation extends DescribedOperation>(path: string, operation: Operation): Operation {
  const { security, responses = {} } = operation
  const isOpen = security?.length === 0
  // Only where DBS is asked can it fail.
  const asksDbs = '502' in responses
  const described = Object.entries(responses).map(([status, response]) => [
    status,
    {
      ...response,
      headers: {
        ...response.headers,
        'x-request-id': headerRef('RequestId'),
        ...(!isOpen && { RateLimit: headerRef('RateLimit'), 'RateLimit-Policy': headerRef('RateLimitPolicy') }),
        ...(asksDbs && /^(?:2|304|404|50[23])/.test(status) && { 'x-backset-upstream-request-id': headerRef('UpstreamRequestId') }),
        ...((status === '429' || status === '503') && { 'Retry-After': headerRef('RetryAfter') }),
        ...(status === '401' && { 'WWW-Authenticate': headerRef('Challenge') }),
      },
    },
  ])
  return { ...operation, tags: operation.tags ?? [tagOf(path)], responses: Object.fromEntries(described) }
}

/** What each group of routes is about, in the order they are shown. */
export const tags = [
  { name: 'tasks', description: 'Download tasks of backup sets: lists, one by its id, new ones, and what happens to them' },
  { name: 'siblings', description: 'What stands beside the tasks: plans, regions, and tasks in numbers' },
  { name: 'operation', description: 'For who runs the server' },
] as const

const tagOf = (path: string): string =>
  path.startsWith('/v1/download-tasks') ? 'tasks' : path.startsWith('/v1/') ? 'siblings' : 'operation'
