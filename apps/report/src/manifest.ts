import type { Proof } from '@backset/core'
import * as z from 'zod'

/** One list that was read for an export: its proof, or why it could not be read. */
export interface SourceReading {
  readonly plan: string
  readonly region?: string | undefined
  readonly profile?: string | undefined
  /** Rows read, before the filter. */
  readonly rows: number
  readonly proof?: Proof | undefined
  /** Only with `allowIncomplete`: the list was left out, or broke off. */
  readonly error?: { readonly code: string; readonly message: string } | undefined
}

const Source = z.looseObject({
  plan: z.string(),
  region: z.string().optional(),
  profile: z.string().optional(),
  rows: z.int(),
  proof: z.looseObject({ verdict: z.string() }).optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})

const File = z.object({ file: z.string(), bytes: z.int(), sha256: z.string(), rows: z.int().optional() })

/** `<file>.manifest.json`: what an export is, and how it can be proved. Nothing secret is in it, and no value that came from the environment. */
export const Manifest = z.looseObject({
  version: z.literal(1),
  report: z.string(),
  /** Name in the folder of the manifest. */
  file: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  rows: z.int(),
  format: z.enum(['csv', 'json', 'ndjson', 'html']),
  compress: z.enum(['gzip', 'none']),
  /** Fields in the order of CSV; absent where each row has its own. */
  columns: z.array(z.string()).optional(),
  /** As the report file has them. */
  source: z.unknown(),
  filter: z.unknown(),
  /** Create times the export covers, where `window` or the filter bounds them: from (inclusive), to (exclusive). */
  window: z.object({ from: z.string().optional(), to: z.string().optional() }),
  timeZone: z.string(),
  settings: z.object({ formulas: z.string(), excel: z.boolean(), links: z.string(), onlyChanges: z.boolean() }),
  due: z.string(),
  started: z.string(),
  ended: z.string(),
  /** Whether every list was proved. */
  complete: z.boolean(),
  allowIncomplete: z.boolean(),
  sources: z.array(Source),
  firstRequestId: z.string().optional(),
  lastRequestId: z.string().optional(),
  /** What was found that is worth an alarm. */
  alarms: z.array(z.unknown()).optional(),
  /** All rows, beside a page that shows some of them. */
  companion: File.optional(),
  /** The run that wrote it, as the ledger has it. */
  run: z.string(),
  /** The manifest before it of the same report. */
  previous: z.object({ file: z.string(), sha256: z.string() }).nullable(),
  program: z.string(),
})
export type Manifest = z.infer<typeof Manifest>

/** The name of a file's manifest. */
export const manifestOf = (file: string): string => `${file}.manifest.json`
