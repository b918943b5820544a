import * as z from 'zod'

const count = z.int().min(1)
const milliseconds = z.number().min(0).max(3_600_000)
const mebibytes = z.int().min(1).max(512)

/** How a throttle says when to come back: x-acs-retry-after in milliseconds, Retry-After in seconds, x-ratelimit-user-api, or not at all. */
const Hint = z.enum(['acs', 'http', 'rate-limit', 'none'])

/** What goes wrong with one answer. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('throttle'),
    code: z.enum(['Throttling', 'Throttling.User', 'Throttling.Api', 'Rejected.Throttling']).default('Throttling.User'),
    status: z.union([z.literal(400), z.literal(429), z.literal(503)]).default(400),
    hint: Hint.default('none'),
    waitMs: milliseconds.default(1000),
    /** `gateway`: `status` with a Code; `service`: HTTP 200 with an ErrCode. */
    as: z.enum(['gateway', 'service']).default('gateway'),
  }),
  z.strictObject({ kind: z.literal('unavailable'), status: z.union([z.literal(503), z.literal(500)]).default(503) }),
  z.strictObject({ kind: z.literal('html-502') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('slow-body'), chunkBytes: count.default(64), pauseMs: milliseconds.default(100) }),
  z.strictObject({ kind: z.literal('cut-body'), bytes: count.default(100) }),
  z.strictObject({ kind: z.literal('bad-json') }),
  z.strictObject({ kind: z.literal('empty-body') }),
  /** `same`: to the address that was asked for. */
  z.strictObject({ kind: z.literal('redirect'), to: z.string().default('http://127.0.0.1:9/') }),
  z.strictObject({ kind: z.literal('doctype') }),
  z.strictObject({ kind: z.literal('huge-body'), mebibytes: mebibytes.default(40) }),
  z.strictObject({ kind: z.literal('gzip') }),
  z.strictObject({ kind: z.literal('gzip-bomb'), mebibytes: mebibytes.default(200) }),
  z.strictObject({
    kind: z.literal('soft-failure'),
    code: z.string().default('Param.NotFound'),
    message: z.string().default('The specified parameter %s value is not valid.'),
  }),
  z.strictObject({
    kind: z.literal('refuse'),
    code: z.string(),
    status: z.int().min(200).max(599).default(403),
    message: z.string().default('Refused by the scenario.'),
    /** Adds AccessDeniedDetail, as permission errors have it. */
    accessDenied: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('skewed-clock'), ms: z.int() }),
  z.strictObject({ kind: z.literal('expired-sts') }),
  z.strictObject({ kind: z.literal('latency'), ms: milliseconds }),
  // Of files alone.
  /** From this request on the file is another one: the next version. */
  z.strictObject({ kind: z.literal('swap-file') }),
  z.strictObject({ kind: z.literal('ignore-range') }),
  z.strictObject({ kind: z.literal('wrong-range'), what: z.enum(['offset', 'total', 'missing']).default('offset') }),
  z.strictObject({ kind: z.literal('wrong-checksum'), which: z.enum(['md5', 'crc64']).default('crc64') }),
  z.strictObject({ kind: z.literal('short-body'), bytes: count.default(1) }),
  z.strictObject({ kind: z.literal('endless-body') }),
])

/** An answer that is well, but has an odd shape. */
export const Shape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('empty'),
    /** What `Items` is when there are no rows. The documented sample has `text`. */
    items: z.enum(['missing', 'null', 'text', 'array', 'object', 'inner-array', 'inner-null', 'inner-text']),
  }),
  z.strictObject({ kind: z.literal('single-object') }),
  z.strictObject({ kind: z.literal('bare-array') }),
  z.strictObject({ kind: z.literal('numbers-as-text') }),
  z.strictObject({ kind: z.literal('pages-from-one'), zero: z.enum(['as-one', 'refused']).default('as-one') }),
  z.strictObject({ kind: z.literal('extra-total'), rows: z.int().default(5) }),
  z.strictObject({ kind: z.literal('no-total') }),
  z.strictObject({ kind: z.literal('wrong-page-echo'), by: z.int().default(1) }),
  z.strictObject({ kind: z.literal('short-page'), rows: count.default(1) }),
  z.strictObject({ kind: z.literal('repeated-row') }),
  /** What a page behind the last one is; no document says it. An empty page when this is not played. */
  z.strictObject({
    kind: z.literal('beyond-end'),
    answer: z.enum(['first-page', 'last-page', 'refused']),
    code: z.string().default('Param.NotFound'),
  }),
  /** The oldest task comes first. */
  z.strictObject({ kind: z.literal('oldest-first') }),
])

/** The list itself changes, after the answer was made. */
export const Move = z.strictObject({
  change: z.enum(['grow', 'shrink', 'reorder']),
  at: z.enum(['start', 'end', 'anywhere']).default('start'),
  rows: count.default(1),
})

const whenAndWhat = {
  /** The action it is about; all when left out. `GetFile` is a request for a file. */
  action: z.string().optional(),
  pageNum: z.int().optional(),
  /** The n-th matching request alone, counted from 1; or several. */
  nth: z.union([count, z.array(count)]).optional(),
  every: count.optional(),
  probability: z.number().min(0).max(1).optional(),
  /** Fires no more often. */
  times: count.optional(),
  fault: Fault.optional(),
  shape: Shape.optional(),
  move: Move.optional(),
}

export const Rule = z
  .strictObject(whenAndWhat)
  .refine(
    ({ fault, shape, move }) => [fault, shape, move].filter((one) => one !== undefined).length === 1,
    'A rule has exactly one of fault, shape and move.',
  )

/** What an emulator plays. The rules are looked at in their order: of the faults the first that fires counts, shapes and moves add up. */
export const Scenario = z.strictObject({
  rules: z.array(Rule).default([]),
  /** A rate for all calls together; instead of the one the emulator was started with. */
  limit: z.strictObject({ qps: z.number().positive(), hint: Hint.default('none') }).optional(),
  /** How tasks move through their states. */
  moves: z
    .strictObject({
      by: z.enum(['time', 'looks']).default('time'),
      step: z.number().positive().default(300),
      end: z.enum(['finish', 'stop', 'init']).default('finish'),
      which: z.enum(['created', 'all']).default('created'),
    })
    .optional(),
  files: z
    .strictObject({
      /** Size of every file; from the seed when left out. */
      bytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
      /** Life of a link. */
      linkTtlMs: z.int().min(1000).default(7_200_000),
      /** Other bytes and another ETag for each version. */
      version: z.int().min(0).default(0),
      ignoreRange: z.boolean().default(false),
      /** ETag, Content-MD5 and x-oss-hash-crc64ecma. */
      checksums: z.boolean().default(true),
      etag: z.enum(['strong', 'weak', 'none']).default('strong'),
      /** The most that one connection gets. */
      bytesPerSecond: count.optional(),
    })
    .optional(),
})

export type Hint = z.output<typeof Hint>
export type Fault = z.output<typeof Fault>
export type Shape = z.output<typeof Shape>
export type Move = z.output<typeof Move>
export type Rule = z.output<typeof Rule>
/** A scenario as it is written: what has a default may be left out. */
export type Scenario = z.input<typeof Scenario>
export type PlayedScenario = z.output<typeof Scenario>

/**
 * Reads a scenario from outside.
 * @throws Error that names each fault and where it stands
 */
export function parseScenario(value: unknown): PlayedScenario {
  const parsed = Scenario.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Error(`The scenario is not valid.\n${z.prettifyError(parsed.error)}`)
}
