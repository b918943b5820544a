import { createHmac, timingSafeEqual } from 'node:crypto'
import { DbsError } from '@backset/core'
import * as z from 'zod'

/** 32 bytes that cursors are signed with; replicas that share them take each other's. */
export type CursorKey = Uint8Array

/** Where a list goes on. */
export interface Place {
  /** Of the snapshot it was cut from. */
  readonly version: string
  /** Rows of the view that were given. */
  readonly offset: number
  /** Which rows of which source in which order were asked for: see `Selection.hash`. */
  readonly question: string
  /** What relative times count back from, epoch milliseconds. */
  readonly moment: number
}

const lifeMs = 24 * 60 * 60 * 1000

const Payload = z.tuple([z.literal(1), z.string(), z.int().nonnegative(), z.string(), z.int(), z.int()])

/** A place as text that only this server makes: bound to the caller by its signature, to the question by its content, and good for a day. */
export class Cursors {
  readonly #key: CursorKey
  readonly #now: () => number

  /** @param now epoch milliseconds */
  constructor(key: CursorKey, now: () => number) {
    this.#key = key
    this.#now = now
  }

  write({ version, offset, question, moment }: Place, callerId: string): string {
    const payload = Buffer.from(JSON.stringify([1, version, offset, question, moment, this.#now() + lifeMs])).toString('base64url')
    return `${payload}.${this.#signature(payload, callerId)}`
  }

  /**
   * @param question what is asked for beside the cursor
   * @throws DbsError `invalid-cursor` when it was altered, was given to another caller or for another question, or is more than a day old
   */
  read(text: string, callerId: string, question: string): Place {
    const [payload = '', signature = '', ...more] = text.split('.')
    if (more.length > 0 || !sameText(signature, this.#signature(payload, callerId)))
      throw invalid('It was altered, or this caller was not given it.')
    // Nobody else can have signed it, but an older server of the same key may have written another form.
    const parsed = Payload.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    if (!parsed.success) throw invalid('It is of another version of this server.')
    const [, version, offset, asked, moment, expires] = parsed.data
    if (asked !== question)
      throw invalid('It goes on in another list: the plan, the task, the filter and the order must stay as they were.')
    if (this.#now() > expires) throw invalid('It is more than a day old.')
    return { version, offset, question, moment }
  }

  #signature(payload: string, callerId: string): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([payload, callerId]))
      .digest('base64url')
  }
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const invalid = (why: string): DbsError =>
  new DbsError('invalid-cursor', `The cursor cannot be used. ${why}`, { hint: 'Start again without it.' })
