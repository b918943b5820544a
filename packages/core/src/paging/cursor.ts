import { hash } from 'node:crypto'
import * as z from 'zod'
import { DbsError } from '../errors/dbs-error.js'

/** Where a listing goes on: after the row it names. */
const Cursor = z.strictObject({
  v: z.literal(1),
  operation: z.string().max(100),
  /** Of what was asked: a cursor goes on with the same question only. */
  inputHash: z.string().max(32),
  /** Rows a page. */
  size: z.int().min(1).max(1000),
  /** The number the service gives its first page. */
  base: z.literal([0, 1]),
  page: z
    .int()
    .min(0)
    .max(2 ** 31),
  /** Rows of that page up to and with the named one. */
  offset: z.int().min(1).max(100_000),
  total: z.int().min(0).optional(),
  /** A short hash of the row's id and all of the above. The page is read again and the row looked for, since rows move; a cursor that was changed finds none. */
  sig: z.string().max(32),
})
export type Cursor = z.infer<typeof Cursor>

/** What a cursor belongs to. */
export interface Question {
  readonly operation: string
  readonly inputHash: string
  readonly size: number
}

/** A short hash of parameters, whatever their order. */
export const hashOfInput = (input: Readonly<Record<string, unknown>>): string =>
  hash('sha256', JSON.stringify(sorted(input)), 'hex').slice(0, 16)

const sorted = (input: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))

const signatureOf = ({ operation, inputHash, size, base, page, offset, total }: Omit<Cursor, 'v' | 'sig'>, id: string): string =>
  hash('sha256', JSON.stringify([operation, inputHash, size, base, page, offset, total ?? null, id]), 'base64url').slice(0, 16)

/** Whether the cursor names the row of this id. */
export const names = (cursor: Cursor, id: string): boolean => signatureOf(cursor, id) === cursor.sig

/** @param id of the row after which the listing is to go on */
export const encodeCursor = (place: Omit<Cursor, 'v' | 'sig'>, id: string): string =>
  Buffer.from(JSON.stringify({ v: 1, ...place, sig: signatureOf(place, id) } satisfies Cursor)).toString('base64url')

/** @throws DbsError `invalid-cursor` when it is none of ours, or of another question */
export function decodeCursor(text: string, { operation, inputHash, size }: Question): Cursor {
  const parsed = Cursor.safeParse(parseJson(text))
  if (!parsed.success)
    throw new DbsError('invalid-cursor', 'The cursor is not whole.', {
      hint: 'Copy it again, or leave it out to start from the first row.',
    })
  const cursor = parsed.data
  const differs =
    cursor.operation !== operation || cursor.inputHash !== inputHash ? 'question' : cursor.size !== size ? 'page size' : undefined
  if (differs === undefined) return cursor
  throw new DbsError('invalid-cursor', `The cursor belongs to another ${differs}.`, {
    hint: 'Give the plan, task, region and page size it was given for.',
  })
}

function parseJson(text: string): unknown {
  if (!/^[\w-]{1,4000}$/.test(text)) return undefined // Buffer would skip what is not base64url
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}
