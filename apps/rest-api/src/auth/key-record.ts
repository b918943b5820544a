import { DbsError } from '@backset/core'
import * as z from 'zod'
import { scopes } from './caller.js'

/** A key as the file keeps it: everything but its secret. Unknown fields are refused: one may be a bound that this version would not keep. */
const KeyRecord = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/),
  name: z.string().min(1).max(128),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(z.enum(scopes)).min(1),
  /** The plans it is bounded to; all without it. */
  plans: z.array(z.string().min(1)).min(1).optional(),
  created: z.iso.datetime(),
  expires: z.iso.datetime().optional(),
  revoked: z.iso.datetime().optional(),
})
export type KeyRecord = Readonly<z.infer<typeof KeyRecord>>

const KeysDocument = z.strictObject({
  version: z.literal(1),
  keys: z.array(KeyRecord).refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'an id stands there twice'),
})

/** Until when a key opens, epoch milliseconds; it does not at that moment. */
export function endOf({ expires, revoked }: KeyRecord): number {
  if (revoked !== undefined) return -Infinity
  return expires === undefined ? Infinity : Date.parse(expires)
}

/** Whether a key opens at a moment, and if not, why. */
export const stateOf = (record: KeyRecord, now: number): 'live' | 'expired' | 'revoked' =>
  now < endOf(record) ? 'live' : record.revoked === undefined ? 'expired' : 'revoked'

/**
 * The records of a keys file.
 * @throws DbsError `invalid-setting` that names the place and never quotes what stands there
 */
export function parseRecords(text: string, path: string): readonly KeyRecord[] {
  const document = jsonIn(text)
  const broken = (place: string, fault: string): DbsError =>
    new DbsError('invalid-setting', `${path} is no keys file${place}: ${fault}.`, {
      hint: 'Restore it from a copy, or name another file: backset-api keys add makes one.',
    })
  if (document === undefined) throw broken('', text.trim() === '' ? 'it is empty' : 'it is no JSON')
  const parsed = KeysDocument.safeParse(document)
  if (parsed.success) return parsed.data.keys
  const [issue] = parsed.error.issues
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`
  throw broken(place, issue === undefined ? 'it is broken' : faultOf(issue))
}

export const recordsText = (keys: readonly KeyRecord[]): string => `${JSON.stringify({ version: 1, keys }, undefined, 2)}\n`

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // whose message would quote the file
  }
}

const faultOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys'
    ? `the field ${issue.keys.map((key) => JSON.stringify(key.slice(0, 40))).join(', ')} is unknown to this version`
    : issue.message.charAt(0).toLowerCase() + issue.message.slice(1).replace(/\.$/, '')
