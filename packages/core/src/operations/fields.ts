import * as z from 'zod'
import { InputError } from '../errors/input-error.js'
import type { WireParameters } from './operation.js'

/** An id as a caller gives it: never empty, and not so long that no service would take it. */
export const idField = (field: string, longest = 256): z.ZodString =>
  z
    .string({ error: ({ input }) => (input === undefined ? `${field} is missing.` : `${field} must be text.`) })
    .min(1, `${field} is empty; leave it out, or give one.`)
    .max(longest, `${field} is longer than ${longest} characters.`)

/** DescribeRegions states up to 64 ASCII characters for this parameter; the other pages give no limit. */
export const clientTokenField = z
  .string('clientToken must be text.')
  .regex(/^[\u0020-\u007E]{1,64}$/, 'clientToken must have 1 to 64 ASCII characters.')
  .optional()

/** Undocumented, but in every SDK of the vendor. */
export const ownerIdField = z.union([z.string(), z.int()]).optional()

const outside =
  (field: string, domain: string) =>
  ({ input }: { readonly input: unknown }): string =>
    `${field} is ${JSON.stringify(input)}, but DBS takes ${domain}.`

/** A whole number of the operation's own domain. */
export function integerField(field: string, min: number, max: number): z.ZodOptional<z.ZodNumber> {
  const error = outside(field, `whole numbers from ${min} to ${max}`)
  return z.int({ error }).min(min, { error }).max(max, { error }).optional()
}

/** Pages count from 0 by every newer source. */
export const pageNumField = integerField('pageNum', 0, 2_147_483_647)

/** The page sizes of most lists. */
const pageSizes = [30, 50, 100] as const
export const pageSizeField = z.literal([...pageSizes], { error: outside('pageSize', '30, 50 or 100') }).optional()

export const dataFormatField = z
  .enum(['Native', 'SQL', 'CSV', 'JSON'], {
    error: ({ input }) => `dataFormat is ${JSON.stringify(input)}, but DBS takes Native, SQL, CSV or JSON.`,
  })
  .optional()

/** A moment as a caller gives it: ISO text, a Date, or epoch milliseconds; gives milliseconds. */
export function momentField(field: string) {
  const error = `${field} must be an ISO 8601 time with a zone, a Date or epoch milliseconds.`
  return z
    .union([z.int({ error }), z.date({ error }), z.iso.datetime({ offset: true, error })], { error })
    .transform((moment) => (typeof moment === 'number' ? moment : new Date(moment).getTime()))
    .optional()
}

/** Our names to the wire's: `backupPlanId` is `BackupPlanId`. */
export function toWire(input: Readonly<Record<string, string | number | boolean | undefined>>): WireParameters {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]))
}

/**
 * Checks what a caller gave and gives the wire's parameters.
 * @throws InputError that names the field and its domain
 */
export function checkInput<Input>(action: string, schema: z.ZodType<WireParameters, Input>, input: Input): WireParameters {
  const checked = schema.safeParse(input)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const field = issue?.path.join('.')
  const unknown = issue?.code === 'unrecognized_keys' ? `${action} knows no ${issue.keys.join(', ')}.` : undefined
  throw new InputError(unknown ?? issue?.message ?? `${action} was given something it does not take.`, {
    field: field === '' ? undefined : field,
  })
}
