import { type DbsError, errorGuide, type ErrorCode, type Guidance } from '@backset/core'
import type { ApiCode } from './api-error.js'
import { upstreamErrorGuide } from './upstream-error-guide.js'

/** What a reader of one of the API's own codes wants to know; core's stand in its own guide. One without it does not compile. */
const apiErrorGuide: Readonly<Record<ApiCode, Guidance>> = {
  unauthenticated: {
    means: 'No key was given, or one that is not in force.',
    cause: 'The header `Authorization` is missing, or the key is unknown, misspelt, expired or revoked; the answer does not tell which.',
    next: 'Send `Authorization: Bearer bsk_…`. `backset-api keys add NAME` makes a key, `backset-api keys list` shows which are in force.',
  },
  forbidden: {
    means: 'The key is good, but lacks the scope that this needs.',
    cause: 'A key has the scopes it was made with. Without keys the server lets anybody on its machine read, and no more.',
    next: 'Make a key that has the scope: `backset-api keys add NAME --scope SCOPE`.',
  },
  'foreign-request': {
    means: 'The request came by a way that is not served.',
    cause:
      'Without keys the server answers only its own machine: the name in `Host` must be a loopback name with its port, with no header of a proxy and no page of another origin. A form must come from a page of this server.',
    next: 'Ask 127.0.0.1 or localhost directly, or configure keys with `--keys`.',
  },
  'method-not-allowed': {
    means: 'The path is right, the method is not.',
    cause: 'Each path takes the methods of its contract.',
    next: 'The header `Allow` names them; `/docs` shows the contract.',
  },
  'not-acceptable': {
    means: 'None of the formats in `Accept` can be answered.',
    cause: 'Lists come as application/json, application/x-ndjson or text/csv.',
    next: 'Name one of them in `Accept`, or in `?format=`.',
  },
  'snapshot-gone': {
    means: 'The list that the cursor points into is no longer kept.',
    cause: 'Lists are kept while there is room; the least recently read go first, and all with the process.',
    next: 'Start again without the cursor.',
  },
  'body-too-large': {
    means: 'The body of the request is larger than is read.',
    cause: 'No request of this API needs more than 64 KiB.',
    next: 'Send less.',
  },
  'unsupported-media-type': {
    means: 'The body is of a type, or in an encoding, that is not read here.',
    cause: 'Bodies are JSON, and are not compressed.',
    next: 'Send `content-type: application/json`, and no `content-encoding`.',
  },
  'malformed-request': {
    means: 'The request could not be read.',
    cause: 'It is no HTTP, or its body is no JSON.',
    next: 'Look at what stands between, and at how the body is written.',
  },
  'header-too-large': {
    means: 'The address or the headers are larger than is read.',
    cause: 'More than 16 KiB, or more than 200 header lines, came before the body.',
    next: 'Send fewer or shorter headers.',
  },
  'idempotency-conflict': {
    means: 'The `Idempotency-Key` was used before, with another body.',
    cause: 'One key stands for one thing to be made.',
    next: 'Take a new key for a new request; repeat the same body with the same key.',
  },
  'rate-limited': {
    means: 'More requests came than are taken in so short a time.',
    cause: 'A key, and an address before its key is known, may make so many requests a second: `--rate-limit`.',
    next: 'Wait as long as `Retry-After` says; `RateLimit` tells how many are left.',
  },
  'list-too-large': {
    means: 'The list has more tasks than the server keeps at once.',
    cause: 'Pages, order and numbers need the whole list.',
    next: 'GET /v1/download-tasks with `format=ndjson` or `format=csv`, without sort, limit and cursor, streams all of it; /v1/download-tasks/{taskId} is one task.',
  },
  'target-too-long': {
    means: 'Path and query are too long.',
    cause: 'They have more than 8,192 characters; no question of this API needs as many.',
    next: 'Ask for fewer ids or names at once.',
  },
  'request-timed-out': {
    means: 'The request did not come whole in time.',
    cause: 'Headers have 15 s, the whole request 30 s.',
    next: 'Send it again; look at the network between client and server.',
  },
  'not-ready': {
    means: 'Requests should go to another replica for now.',
    cause:
      'DBS refuses the keys of this server, or forbids them to list tasks; or it has not answered for longer than what is known may answer in its place (`--stale-if-error`). The field `checks` tells which.',
    next: 'Look at the log of the server and at its keys.',
  },
  'too-many-readers': {
    means: 'As many streams are open as the server can serve.',
    cause:
      'It holds 10,000 streams of events, of 1,000 lists with 400,000 tasks, at most; and it reads four lists at once that are larger than it keeps.',
    next: 'Come back when others have left, or ask another server. A page needs one stream of events only.',
  },
  stopping: {
    means: 'The server is being stopped.',
    cause: 'It answers what was asked before, and takes nothing new.',
    next: 'Try again in a moment, or ask another replica.',
  },
}

/** Guidance for every code that a problem can bear. */
export const problemGuide: Readonly<Record<ErrorCode | ApiCode, Guidance>> = { ...errorGuide, ...upstreamErrorGuide, ...apiErrorGuide }

/**
 * The next step for whoever asked this API. Core's own hints speak of flags and commands; but what was not found without a word of DBS was looked for here,
 * and that hint knows more.
 */
export const hintFor = ({ code, serviceCode, hint }: DbsError): string | undefined =>
  code === 'not-found' && serviceCode === undefined ? hint : (upstreamErrorGuide[code]?.next ?? hint)
