import { exactJson } from '@backset/formats'
import type { StoredEvent } from '../ports/events.js'

/** How long a browser waits before it comes back, milliseconds. */
const retryMs = 3000

/** Events and the words around them as text/event-stream. All readers of an event share its bytes. */
export class EventText {
  readonly #bytes = new WeakMap<StoredEvent, Uint8Array>()

  /** An event with the task as one line of JSON. */
  of(event: StoredEvent): Uint8Array {
    const known = this.#bytes.get(event)
    if (known !== undefined) return known
    const bytes = Buffer.from(`id: ${event.id}\nevent: ${event.event}\ndata: ${exactJson(event.task)}\n\n`)
    this.#bytes.set(event, bytes)
    return bytes
  }
}

/** What a stream begins with. @param id what to come back with */
export const openingText = (id: string): Uint8Array =>
  Buffer.from(
    `: Changes of download tasks. Come back with the last id as Last-Event-ID for what happened meanwhile.\nretry: ${retryMs}\nid: ${id}\n\n`,
  )

/** What a reader is told whose id is not known any more: read the list again, then go on from here. */
export const resetText = (id: string): Uint8Array =>
  Buffer.from(
    `id: ${id}\nevent: reset\ndata: ${JSON.stringify({ reason: 'The events since your last id are not kept any more. Read the list again.' })}\n\n`,
  )

/** Words for whoever looks at the stream; programs skip them. */
export const commentText = (words: string): Uint8Array => Buffer.from(`: ${words.replaceAll(/[\r\n]+/g, ' ')}\n\n`)

/** Moves a reader on that was spared some events, so that it need not start again when they are not kept any more. */
export const idText = (id: string): Uint8Array => Buffer.from(`id: ${id}\n\n`)
