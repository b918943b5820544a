import * as z from 'zod'
import { InputError } from '../errors/input-error.js'
import { nearestName } from '../nearest-name.js'
import { taskStates, taskStatuses } from '../schemas/task-state.js'
import { openTimeZone } from '../time-zone.js'
import { parseByteSize } from './byte-size.js'
import { compileGlob } from './glob.js'
import { parseMoment } from './moment.js'

const statusWords: readonly string[] = [...taskStatuses, ...taskStates]

/** Words given as an array, as text with commas, or as both at once. */
const words = z
  .union([z.string(), z.array(z.string())], 'Give a word, several separated by commas, or a list.')
  .transform((given) => [given].flat().flatMap((text) => text.split(',').map((word) => word.trim())))
  .refine((list) => list.length > 0 && !list.includes(''), 'A word of the list is empty.')

const status = words.transform((list, context) =>
  list.map((word) => {
    const lower = word.toLowerCase()
    if (statusWords.includes(lower)) return lower
    const nearest = nearestName(lower, statusWords)
    const remedy = nearest === undefined ? `Take one of ${statusWords.join(', ')}.` : `Did you mean ${nearest}?`
    context.addIssue({ code: 'custom', message: `${JSON.stringify(word)} is no status. ${remedy}`, input: word })
    return z.NEVER
  }),
)

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

// What a moment means depends on zone and time of day; whether it is one does not.
const anyTime = { now: new Date(0), zone: openTimeZone('UTC') }
const moment = (field: string) => checked(z.string(), (text) => parseMoment(text, { ...anyTime, field }))
const byteSize = (field: string) => checked(z.union([z.string(), z.int().nonnegative()]), (size) => parseByteSize(size, field))

const globs = checked(words, (patterns) => patterns.map((pattern) => compileGlob(pattern)))

/** Which tasks. All that is given must hold; of a list, one word. The command line, the REST API and report files take the same. */
export const TaskFilter = z.strictObject({
  status: status.optional().meta({ description: 'Statuses, or groups: active, failed, done, suspended, unknown' }),
  since: moment('since').optional().meta({ description: 'Created then or later: 7d, 2026-01-01, 2026-01-01T10:00, or with a zone' }),
  until: moment('until').optional().meta({ description: 'Created before then' }),
  dbType: words.optional().meta({ description: 'Databases, as MySQL; capitals do not count' }),
  way: words.optional().meta({ description: 'manual, auto' }),
  jobType: words.optional().meta({ description: 'cbs_backup_sub_full, cbs_backup_sub_cont' }),
  dataFormat: words.optional().meta({ description: 'Native, SQL, CSV, JSON' }),
  name: globs.optional().meta({ description: 'Globs for the name of the task: * ? [a-z]' }),
  minSize: byteSize('minSize').optional().meta({ description: 'At least so many bytes, or 10GiB' }),
  maxSize: byteSize('maxSize').optional().meta({ description: 'At most so many bytes' }),
})
export type TaskFilter = z.infer<typeof TaskFilter>
/** The same as people give it: lists may be text with commas. */
export type TaskFilterInput = z.input<typeof TaskFilter>
