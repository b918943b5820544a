import { parseDuration, InputError, TaskFilter } from '@backset/core'
import { columnsNamed } from '@backset/formats'
import { commonSettings, fileSchema, type Settings } from '@backset/settings'
import * as z from 'zod'
import { changeRows } from '../change-rows.js'
import { alarmNames } from './alarm-names.js'
import { cronFault } from './cron-line.js'
import { checkTemplate } from '../file-name.js'

// What may stand in a report file. Each field is judged by itself here; what fields say together, `cross-checks.ts` judges.

/** A schema whose values `check` takes; its InputError becomes the schema's. */
const checked = <Given extends z.ZodType>(schema: Given, check: (value: z.output<Given>) => unknown) =>
  schema.superRefine((value, context) => {
    try {
      check(value)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      context.addIssue({ code: 'custom', message: [error.message, error.hint].filter(Boolean).join(' '), input: value })
    }
  })

const words = (what: string) => z.array(z.string().trim().min(1, `Name ${what}.`)).min(1, `Name ${what}.`)

/** A span of time that is given on as it is written. */
const duration = (field: string, { min = 0 } = {}) =>
  checked(z.union([z.string(), z.int().nonnegative()]), (value) => {
    if (parseDuration(value, field) < min) throw new InputError(`${field} is too short.`, { field, hint: `Give ${min} ms or more.` })
  })

/** Begins with a letter or digit and has no separator: it becomes a part of file names. */
const safeName = /^[\p{L}\p{N}](?:[\p{L}\p{N}._ -]{0,78}[\p{L}\p{N}_-])?$/u

const notice = z
  .strictObject({
    on: z.enum(['failure', 'always']).default('failure').meta({ description: 'When it is sent; failIf counts as a failure' }),
    webhook: z
      .strictObject({
        url: z.string().min(1).meta({ description: 'Where the run is POSTed to as JSON; https, or http on loopback' }),
        secret: z
          .string()
          .min(16, 'A secret has 16 characters or more.')
          .optional()
          .meta({ description: 'Signs body and time with HMAC-SHA256; best as ${NAME}' }),
        allowHttp: z.boolean().default(false).meta({ description: 'Plain http beyond loopback' }),
      })
      .optional(),
    command: words('the program and its arguments')
      .optional()
      .meta({ description: 'Program and arguments, run without a shell; the run comes as JSON on its stdin' }),
    timeout: duration('timeout', { min: 1 }).default('30s').meta({ description: 'One try of the webhook, or the whole command' }),
  })
  .refine(({ webhook, command }) => (webhook === undefined) !== (command === undefined), 'A notice has either a webhook or a command.')

const source = z.strictObject({
  plans: z
    .union([z.literal('all'), words('plans, or say all')], 'Say all, or give a list of plan ids.')
    .meta({ description: 'all, or ids of plans' }),
  regions: words('regions').optional().meta({ description: 'Regions to ask instead of the one of the settings' }),
  profiles: words('profiles').optional().meta({ description: "Profiles of the vendor's files to ask with, each an account of its own" }),
})

const alarms = z.strictObject({
  slow: z.boolean().default(true).meta({ description: "Tasks that run longer than their plan's p95" }),
  silent: duration('silent', { min: 1 }).default('7d').meta({ description: 'Plans without a finished task for so long' }),
  repeated: z.int().min(2).default(3).meta({ description: 'So many tasks that failed with the same message' }),
})

/** The settings of all apps, as `fileSchema` judges them. What is written in the file yields to flags and the environment. */
const { debug: _, ...inFile } = commonSettings
export const fileSettings = inFile satisfies Settings

/** What a report may say and `defaults` may say for all. */
const sharedFields = {
  ...fileSchema(fileSettings).shape,
  output: z.string().min(1).optional().meta({ description: 'Folder of the exports, relative to this file', default: '.' }),
  schedule: checked(z.string(), cronFault).optional().meta({ description: 'Cron line of 5 or 6 fields, in the zone of the report' }),
  catchUp: z
    .enum(['last', 'all', 'none'])
    .optional()
    .meta({ description: 'Which of the runs that were missed are made up for', default: 'last' }),
  jitter: duration('jitter')
    .optional()
    .meta({ description: 'A run starts up to so much later, so that not all start at once', default: '0s' }),
  source: source.optional(),
  filter: TaskFilter.optional().meta({ description: 'Which tasks; relative times count back from when the run was due' }),
  window: z
    .enum(['previous-day', 'previous-week', 'previous-month'])
    .optional()
    .meta({ description: 'Tasks created within the day, week (from Monday) or month before the run was due' }),
  onlyChanges: z.boolean().optional().meta({ description: 'What happened since the last good run', default: false }),
  columns: checked(words('columns'), (names) => columnsNamed(changeRows, names))
    .optional()
    .meta({ description: 'Fields in this order, by full or short name' }),
  format: z.enum(['csv', 'json', 'ndjson', 'html']).optional().meta({ default: 'csv' }),
  compress: z.enum(['gzip', 'none']).optional().meta({ default: 'none' }),
  formulas: z
    .enum(['escape', 'keep'])
    .optional()
    .meta({ description: 'Whether text that a spreadsheet would run is defused', default: 'escape' }),
  excel: z.boolean().optional().meta({ description: 'CSV for Excel: BOM, and long digit-only ids as text', default: false }),
  links: z.enum(['masked', 'omitted', 'full']).optional().meta({ description: 'Download links in the export', default: 'masked' }),
  file: checked(z.string(), checkTemplate).optional().meta({
    description: 'Name of the export: {name} {date} {time} {due} {plan} {region} {year} {month} {day} {hour} {ext}',
    default: '{name}-{due}.{ext}',
  }),
  keep: z.int().min(1, 'Keep 1 or more.').optional().meta({ description: 'The newest exports that stay; without it all do' }),
  alarms: alarms.optional().meta({ description: 'What is worth an alarm' }),
  failIf: z
    .union([z.literal('any'), z.array(z.enum(alarmNames)).min(1)], `Say any, or give a list of ${alarmNames.join(', ')}.`)
    .optional()
    .meta({ description: 'Alarms that end the run with exit code 10' }),
  notices: z.array(notice).optional().meta({ description: 'Who is told how a run ended' }),
}

export const ReportEntry = z.strictObject({
  name: z
    .string()
    .regex(safeName, 'A name has letters, digits, blanks and . _ - alone, at most 80, and begins and ends with a letter or digit.')
    .meta({ description: 'Name of the report, once in the file' }),
  ...sharedFields,
})

export const ReportDefaults = z.strictObject(sharedFields)

/** A report file. */
export const ReportFile = z.strictObject({
  version: z.literal(1, 'This is version 1 of the format.'),
  defaults: ReportDefaults.optional().meta({ description: 'What holds for each report that does not say otherwise' }),
  reports: z.array(ReportEntry).min(1, 'Name at least one report.'),
})

export type ReportEntry = z.infer<typeof ReportEntry>
export type ReportDefaults = z.infer<typeof ReportDefaults>
export type Notice = z.infer<typeof notice>
export type Alarms = z.infer<typeof alarms>
export const defaultAlarms: Alarms = alarms.parse({})

const keysOf = (schema: { readonly shape: object }): readonly string[] => Object.keys(schema.shape)

/** Keys that may stand at a place of the file, for "did you mean". */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const inner = path[0] === 'reports' ? path.slice(2) : path[0] === 'defaults' ? path.slice(1) : undefined
  if (inner === undefined) return keysOf(ReportFile)
  if (inner.length === 0) return keysOf(path[0] === 'reports' ? ReportEntry : ReportDefaults)
  const nested: Readonly<Record<string, { readonly shape: object }>> = { source, filter: TaskFilter, alarms }
  if (inner[0] === 'notices') return inner.at(-1) === 'webhook' ? ['url', 'secret', 'allowHttp'] : ['on', 'webhook', 'command', 'timeout']
  const schema = nested[String(inner[0])]
  return schema === undefined ? [] : keysOf(schema)
}
