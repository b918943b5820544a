import { randomBytes } from 'node:crypto'

/** A trace that a caller began, and this server's part of it. */
export interface Trace {
  readonly traceId: string
  readonly spanId: string
  /** The caller's span. */
  readonly parentId: string
}

// https://www.w3.org/TR/trace-context/#traceparent-header: later versions may add fields, version 00 may not; ids of zeros are none.
const shape = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/** Goes on with the trace of a `traceparent` header; undefined where it has none, or not a valid one. */
export function continueTrace(traceparent: string | undefined): Trace | undefined {
  if (traceparent === undefined) return undefined
  const [, version, traceId, parentId, more] = shape.exec(traceparent) ?? []
  if (traceId === undefined || parentId === undefined || (version === '00' && more !== undefined)) return undefined
  return { traceId, parentId, spanId: randomBytes(8).toString('hex') }
}
