import { TaskFilter, type TaskFilterInput } from '@backset/core'
import * as z from 'zod'
import { RequestFaults } from '../request-faults.js'

/** The filters, by the API's words. */
export const filterNames = Object.keys(TaskFilter.shape) as readonly (keyof TaskFilterInput)[]

const names = ['region', 'backupPlanId', ...filterNames, 'sort', 'order', 'limit', 'page', 'version'] as const
type Name = (typeof names)[number]

/** What the address of the list says. Everything on the page follows from it, so it can be kept, sent and reloaded. */
export type Address = { readonly [One in Name]?: string | undefined }

const text = z.string().max(1000).optional()
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'Give a whole number.')
    .refine((digits) => Number(digits) >= min && Number(digits) <= max, `Give a number from ${min} to ${max}.`)
    .optional()
const Given = z.strictObject({
  ...(Object.fromEntries(names.map((name) => [name, text])) as Record<Name, typeof text>),
  limit: whole(1, 1000),
  page: whole(1, 1_000_000),
  order: z.enum(['asc', 'desc']).optional(),
})

/**
 * Reads it from a query. Fields of a form that were left empty say nothing; of one that came more than once, all.
 * @throws RequestFaults for a parameter nobody knows
 */
export function readAddress(query: Readonly<Record<string, readonly string[]>>): Address {
  const given = Object.entries(query).map(([name, values]) => [name, values.filter((value) => value.trim() !== '').join(',')] as const)
  const checked = Given.safeParse(Object.fromEntries(given.filter(([, value]) => value !== '')))
  if (checked.success) return checked.data
  throw new RequestFaults(checked.error, names)
}

/** The filters in it. */
export const filterOf = (address: Address): TaskFilterInput =>
  Object.fromEntries(filterNames.flatMap((name) => (address[name] === undefined ? [] : [[name, address[name]]])))

/** The address with some words changed; another filter or order begins at the first page again. */
export function hrefOf(address: Address, changes: Address = {}): string {
  const isSamePage = 'page' in changes
  const next: Address = { ...address, ...(isSamePage ? {} : { page: undefined, version: undefined }), ...changes }
  const query = new URLSearchParams()
  for (const name of names) if (next[name] !== undefined) query.set(name, next[name])
  return query.size === 0 ? '/' : `/?${query.toString()}`
}
