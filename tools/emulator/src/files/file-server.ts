import type { IncomingHttpHeaders } from 'node:http'
import { textDelivery, type Delivery } from '../scenario/deliver.js'
import type { Emulation } from '../emulation.js'
import { toXml } from '../render/xml.js'
import type { Fault } from '../scenario/scenario.js'
import { BackupFile, type Checksums } from './backup-file.js'
import { readRange } from './byte-range.js'

/** A delivery that knows its refusal. */
export interface FileAnswer extends Delivery {
  readonly serviceCode?: string
}

export interface FileRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
}

const filePath = /^\/files\/(?:internet|intranet)\/(urx[0-9a-z]{8})\.tar\.gz$/

/**
 * Serves the files behind links as object storage does: one range, conditions on the ETag, checksums of the whole file. A link is signed for GET alone.
 * The shape of object storage's answers is general knowledge of that product; no page says that the service's links lead there.
 */
export class FileServer {
  readonly #emulation: Emulation
  /** Checksums cost a pass over the file; the last few are kept. */
  readonly #checksums = new Map<string, Checksums | undefined>()

  constructor(emulation: Emulation) {
    this.#emulation = emulation
  }

  /** @param fault one that changes what is asked for; file-faults.ts spoils the answer */
  answer({ method, url, headers }: FileRequest, fault?: Fault): FileAnswer {
    const { links, world, seed, files } = this.#emulation
    const refusal = method === 'GET' ? links.fault(url.pathname, url.searchParams) : 'SignatureDoesNotMatch'
    if (refusal === 'AccessDenied') return refuse(403, refusal, 'Request has expired.')
    if (refusal !== undefined) return refuse(403, refusal, 'The request signature we calculated does not match the signature you provided.')
    const [, taskId = ''] = filePath.exec(url.pathname) ?? []
    const task = world.task(taskId)
    if (task?.['BackupSetDownloadStatus'] !== 'finish' || task['BackupSetDownloadWay'] !== 'manual')
      return refuse(404, 'NoSuchKey', 'The specified key does not exist.')
    const file = new BackupFile(seed, taskId, files)
    if (headers['if-match'] !== undefined && headers['if-match'] !== file.etag)
      return refuse(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold.')
    const whole =
      files.ignoreRange || fault?.kind === 'ignore-range' || (headers['if-range'] !== undefined && headers['if-range'] !== file.etag)
    const range = whole ? undefined : readRange(headers.range, file.size)
    if (range === 'unsatisfiable')
      return refuse(416, 'InvalidRange', 'The requested range cannot be satisfied.', { 'content-range': `bytes */${file.size}` })
    const { from, to } = range ?? { from: 0, to: file.size }
    return {
      httpStatus: range === undefined ? 200 : 206,
      headers: {
        'content-type': 'application/octet-stream',
        'accept-ranges': 'bytes',
        ...(range === undefined ? {} : { 'content-range': `bytes ${from}-${to - 1}/${file.size}` }),
        ...(files.checksums ? this.#checksumHeaders(file, `${taskId} ${files.version} ${file.size}`, range === undefined) : {}),
      },
      length: to - from,
      body: file.read(from, to),
    }
  }

  #checksumHeaders(file: BackupFile, key: string, whole: boolean): Record<string, string> {
    const checksums = this.#checksums.has(key) ? this.#checksums.get(key) : file.checksums()
    this.#checksums.set(key, checksums)
    if (this.#checksums.size > 256) this.#checksums.clear()
    return {
      ...(this.#emulation.files.etag === 'none' ? {} : { etag: this.#emulation.files.etag === 'weak' ? `W/${file.etag}` : file.etag }),
      ...(checksums === undefined
        ? {}
        : { 'x-oss-hash-crc64ecma': checksums.crc64, ...(whole ? { 'content-md5': checksums.contentMd5 } : {}) }),
    }
  }
}

/** The faults that are an answer, in object storage's words. */
export function fileFault(fault: Fault | undefined): FileAnswer | undefined {
  if (fault?.kind === 'unavailable')
    return refuse(fault.status, fault.status === 503 ? 'ServiceUnavailable' : 'InternalError', 'Please try again.')
  if (fault?.kind === 'throttle') return refuse(503, 'SlowDown', 'Please reduce your request rate.')
  return fault?.kind === 'refuse' ? refuse(fault.status, fault.code, fault.message) : undefined
}

function refuse(httpStatus: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): FileAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>${toXml('Error', { Code: code, Message: message, RequestId: '0123456789ABCDEF01234567', HostId: 'oss-cn-hangzhou.example' })}`
  return { ...textDelivery(httpStatus, { 'content-type': 'application/xml', ...headers }, body), serviceCode: code }
}
