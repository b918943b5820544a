import type { Pairs } from './percent.js'

/** What a request says about itself, read the way of its signature. */
export interface SignedCall {
  readonly signature: 'v3' | 'v1' | 'none'
  readonly action: string | undefined
  readonly version: string | undefined
  readonly format: 'json' | 'xml' | 'unknown'
  readonly accessKeyId: string | undefined
  readonly timestamp: string | undefined
  readonly nonce: string | undefined
  readonly securityToken: string | undefined
  /** The parameters of the operation. */
  readonly parameters: Pairs
  /** What is wrong with how the signature is written, before any key is known. */
  readonly flaw: string | undefined
  readonly verify: (accessKeySecret: string) => Verdict
}

interface Verdict {
  readonly matches: boolean
  /** The text the server signed, which a refusal prints. */
  readonly stringToSign: string
}
