import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A key as its holder sends it: `bsk_<id>_<secret>`. The id is no secret and stands in logs; the secret is 256 random bits and is kept nowhere. */
export interface ApiKey {
  readonly id: string
  readonly secret: string
}

/** Hex on both sides, so that no separator can stand within a part, and a double click takes the whole key. */
const form = /^bsk_([0-9a-f]{12})_([0-9a-f]{64})$/

/** A new key. */
export const makeKey = (): ApiKey => ({ id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('hex') })

export const keyText = ({ id, secret }: ApiKey): string => `bsk_${id}_${secret}`

/** The parts of a key; undefined for text of any other form. */
export function parseKey(text: string): ApiKey | undefined {
  const [, id, secret] = form.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

/** SHA-256 of a secret in hex, as the keys file keeps it. A secret of 256 random bits needs no slower hash. */
export const hashOf = (secret: string): string => hash('sha256', secret)

/** Whether a secret is the one a hash was made of, in a time that does not tell how near it is. */
export const isSecretOf = (secret: string, sha256: Uint8Array): boolean => timingSafeEqual(hash('sha256', secret, 'buffer'), sha256)
