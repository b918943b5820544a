import type { ErrorCode, Guidance } from '@backset/core'

const operator = 'Nothing in the request is wrong: tell whoever runs this server; its log has the x-request-id of this answer.'
const later = 'Ask again after as many seconds as `Retry-After` says.'

/**
 * Core's codes as those meet them who ask this API: what core says of them is for whoever holds the keys of DBS and a command line. The next step is the
 * hint of the answer.
 */
export const upstreamErrorGuide = {
  'no-credentials': {
    means: 'The server has no keys to ask DBS with.',
    cause: 'None are configured, or what gives them out cannot be asked at the moment; then it is 503, else 502.',
    next: operator,
  },
  'credentials-refused': {
    means: 'DBS does not take the keys of the server.',
    cause: 'They are disabled, expired or of another site; or a proxy before DBS wants to know who asks.',
    next: operator,
  },
  'signature-mismatch': {
    means: 'DBS does not take the signature of the server.',
    cause: 'The secret of its keys is wrong, or something between it and DBS changes requests.',
    next: operator,
  },
  'no-permission': {
    means: 'The keys of the server may not do this at DBS.',
    cause: 'No RAM policy allows the action that `detail` names; or a proxy before DBS forbids it.',
    next: `${operator} The keys of the server lack the RAM action that the detail names.`,
  },
  'clock-skewed': {
    means: 'The clocks of the server and of DBS are too far apart.',
    cause: 'DBS takes requests whose time lies within 15 minutes of its own.',
    next: `${operator} Its clock must be set (NTP).`,
  },
  'not-found': {
    means: 'What was asked for by its id is not there, or may not be seen with this key.',
    cause: 'A wrong id or region, a task just created that does not show yet, or a task without a link.',
    next: 'GET /v1/backup-plans lists the plans, GET /v1/download-tasks?backupPlanId=… the tasks of one.',
  },
  throttled: {
    means: 'DBS refused because it was asked too often.',
    cause: 'Others use the same account, or the limit is very low. While DBS asks to be left alone, nobody asks it.',
    next: later,
  },
  'service-unavailable': {
    means: 'DBS failed inside, through all attempts.',
    cause: 'A fault or maintenance of the service.',
    next: `${later} When it lasts, the vendor wants to know the requestId.`,
  },
  unreachable: {
    means: 'The server could not reach DBS in time.',
    cause: 'DNS, network, proxy or certificate, between the server and DBS.',
    next: `${later} When it lasts, tell whoever runs this server.`,
  },
  'timed-out': {
    means: 'The time that was given is over.',
    cause: 'DBS took too long.',
    next: later,
  },
  'unreadable-answer': {
    means: 'What came is no answer of DBS.',
    cause:
      'A proxy or load balancer answered in its place, or the answer was cut off. It is 503 where another attempt may bring a better one, else 502.',
    next: `${later} Without that header, or when it lasts, tell whoever runs this server: its log has how the answer began.`,
  },
  'answer-too-large': {
    means: 'An answer was larger than 32 MiB and was not read to its end.',
    cause: 'Something other than DBS answers the server.',
    next: operator,
  },
  refused: {
    means: 'DBS understood the call and refused it.',
    cause: '`serviceCode` is the word of DBS for it. It is 503 where the same call may succeed soon, else 502.',
    next: 'Look at serviceCode and detail; with `Retry-After` the same request may succeed later.',
  },
  'listing-incomplete': {
    means: 'The list was read, but cannot be proved to be whole.',
    cause: 'It kept moving while it was read (`moving`), or DBS shows another number of tasks than it says it has (`short`).',
    next: 'Ask again, for `moving` when fewer tasks are made; what stays `short` DBS counts and does not show. allowIncomplete=true takes the list as it is.',
  },
  aborted: {
    means: 'The work was interrupted.',
    cause: 'The client left, or the server is being stopped.',
    next: 'Ask again.',
  },
} satisfies Partial<Record<ErrorCode, Guidance>> as Readonly<Partial<Record<ErrorCode, Guidance>>>
