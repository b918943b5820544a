import type { Fault } from '../scenario/scenario.js'
import type { FileAnswer } from './file-server.js'

/** A file's answer with what the fault makes of it; as it was, where the fault is of another kind or the answer is a refusal. */
export function spoil(answer: FileAnswer, fault: Fault | undefined): FileAnswer {
  const { httpStatus, headers, length, body } = answer
  if (fault === undefined || httpStatus > 206) return answer
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- deliver.ts plays the others
  switch (fault.kind) {
    case 'wrong-range':
      return { ...answer, headers: withWrongRange(headers, fault.what) }
    case 'wrong-checksum':
      return {
        ...answer,
        headers: {
          ...headers,
          ...(fault.which === 'md5' ? { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } : { 'x-oss-hash-crc64ecma': '1' }),
        },
      }
    case 'short-body': // ends well, but too early
      return { ...answer, chunked: true, body: firstBytes(body, Math.max(0, length - fault.bytes)) }
    case 'endless-body':
      return { ...answer, chunked: true, body: onAndOn(body) }
    default:
      return answer
  }
}

/** `same` is the address that was asked for. */
export const redirectHere = (fault: Fault | undefined, url: string): Fault | undefined =>
  fault?.kind === 'redirect' && fault.to === 'same' ? { ...fault, to: url } : fault

function withWrongRange(headers: FileAnswer['headers'], what: 'offset' | 'total' | 'missing'): FileAnswer['headers'] {
  const { 'content-range': range, ...others } = headers
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range ?? '') ?? []
  if (from === undefined || what === 'missing') return others
  const by = what === 'offset' ? 1 : 0
  return { ...others, 'content-range': `bytes ${Number(from) + by}-${Number(to) + by}/${Number(total) + (1 - by)}` }
}

function* firstBytes(body: Iterable<Buffer>, length: number): Generator<Buffer> {
  let left = length
  for (const bytes of body) {
    if (left <= 0) return
    yield bytes.subarray(0, left)
    left -= bytes.length
  }
}

function* onAndOn(body: Iterable<Buffer>): Generator<Buffer> {
  yield* body
  for (const more = Buffer.alloc(64 * 1024); ;) yield more
}
