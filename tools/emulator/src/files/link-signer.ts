import { mixText } from '../world/random.js'
import type { Clock } from '../clock.js'

export type Network = 'internet' | 'intranet'

/** Why a link is refused, in the words of object storage. */
export type LinkFault = 'AccessDenied' | 'SignatureDoesNotMatch'

/**
 * Signed, expiring links to the emulator's own files. Whether the links of the service are signed, and how long they live, is not documented; these look
 * like those of object storage. A link stays the same for one life and is good for at least one more.
 */
export class LinkSigner {
  /** Address of the listening server. */
  base = 'http://127.0.0.1:0'
  readonly usualTtlMs = 2 * 3_600_000
  ttlMs = this.usualTtlMs
  readonly #seed: number
  readonly #clock: Clock

  constructor(seed: number, clock: Clock) {
    this.#seed = seed
    this.#clock = clock
  }

  /** The link of a row as a list shows it: eleven of sixteen are usable as they are, the others have the odd forms of the documented examples. */
  shown(taskId: string, hash: number, network: Network): string {
    const suffix = network === 'intranet' ? '-internal' : ''
    const host = `dbs-137${hash}-cn-hangzhou-${taskId}.oss-cn-hangzhou${suffix}.example`
    switch (hash % 16) {
      case 0:
        return `"//${host}"` // scheme-relative and in literal quotes, as the newest example
      case 1:
        return `//${host}/${taskId}.tar.gz?Expires=1768470000&Signature=b%2B%2F%3D`
      case 2:
        return host // bare, as the oldest example (176.x.x.x)
      case 3:
      case 4:
        return `"${this.link(taskId, network)}"`
      default:
        return this.link(taskId, network)
    }
  }

  /** A link that works now. */
  link(taskId: string, network: Network): string {
    const path = `/files/${network}/${taskId}.tar.gz`
    const expires = Math.floor(((Math.floor(this.#clock.now() / this.ttlMs) + 2) * this.ttlMs) / 1000)
    return `${this.base}${path}?Expires=${expires}&OSSAccessKeyId=STS.emulator&Signature=${encodeURIComponent(this.#signature(path, expires))}`
  }

  /** What is wrong with a requested link; undefined when it is good. */
  fault(path: string, query: URLSearchParams): LinkFault | undefined {
    const expires = Number(query.get('Expires') ?? Number.NaN)
    if (query.get('Signature') !== this.#signature(path, expires)) return 'SignatureDoesNotMatch'
    return expires * 1000 < this.#clock.now() ? 'AccessDenied' : undefined
  }

  /** Opaque to clients, so mixing will do; a real HMAC would cost most of the time a page of rows takes. */
  #signature(path: string, expires: number): string {
    const text = `${path}\n${expires}`
    const bytes = Buffer.alloc(20)
    for (let word = 0; word < 5; word++) bytes.writeUInt32BE(mixText(this.#seed ^ word, text), word * 4)
    return bytes.toString('base64')
  }
}
