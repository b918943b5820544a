import type { Identities, Identity } from '../signature/identities.js'
import type { Nonces } from '../signature/nonces.js'
import type { SignedCall } from '../signature/signed-call.js'
import { GatewayRefusal } from './refusals.js'

export interface Gate {
  readonly identities: Identities
  readonly nonces: Nonces
  /** How far a timestamp may be off, either way. */
  readonly windowMs: number
  /** Epoch milliseconds of the gateway. */
  readonly now: number
  /** All temporary keys have run out. */
  readonly tokensExpired: boolean
}

/** Key, time, nonce, token, signature: in this order, as a request that has several faults is told the first. Codes: the vendor's gateway table. */
export function authenticate(call: SignedCall, gate: Gate): void {
  if (call.flaw !== undefined && (call.accessKeyId === undefined || call.signature === 'none')) throw incomplete(call)
  const identity = identityOf(call, gate.identities)
  checkTime(call, gate)
  checkNonce(call, gate)
  checkToken(call, identity, gate.tokensExpired)
  if (call.flaw !== undefined) throw incomplete(call)
  const { matches, stringToSign } = call.verify(identity.accessKeySecret)
  if (!matches) {
    const text = `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`
    throw new GatewayRefusal('SignatureDoesNotMatch', 400, text)
  }
  // Only now: a request that was not accepted has used nothing up.
  if (call.nonce !== undefined) gate.nonces.add(call.accessKeyId ?? '', call.nonce, gate.now)
}

function incomplete({ signature, flaw }: SignedCall): GatewayRefusal {
  if (signature === 'none') return missing('AccessKeyId')
  return new GatewayRefusal('IncompleteSignature', 400, `The request signature does not conform to Aliyun standards. (${flaw})`)
}

export const missing = (name: string): GatewayRefusal => new GatewayRefusal(`Missing${name}`, 400, `${name} is mandatory for this action.`)

function identityOf({ accessKeyId }: SignedCall, { permanent, temporary }: Identities): Identity {
  const identity = [permanent, temporary].find((known) => known.accessKeyId === accessKeyId)
  if (identity === undefined) throw new GatewayRefusal('InvalidAccessKeyId.NotFound', 404, 'Specified access key is not found.')
  return identity
}

function checkTime({ timestamp }: SignedCall, { now, windowMs }: Gate): void {
  if (timestamp === undefined) throw missing('Timestamp')
  const sent = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp) ? Date.parse(timestamp) : Number.NaN
  if (Number.isNaN(sent))
    throw new GatewayRefusal('InvalidTimeStamp.Format', 400, 'Specified time stamp or date value is not well formatted.')
  if (Math.abs(now - sent) > windowMs)
    throw new GatewayRefusal('InvalidTimeStamp.Expired', 400, 'Specified time stamp or date value is expired.')
}

function checkNonce({ signature, accessKeyId, nonce }: SignedCall, { nonces }: Gate): void {
  if (nonce === undefined && signature === 'v1') throw missing('SignatureNonce') // the v3 table calls it optional
  if (nonce !== undefined && nonces.has(accessKeyId ?? '', nonce))
    throw new GatewayRefusal('SignatureNonceUsed', 400, 'Specified signature nonce was used already.')
}

function checkToken({ securityToken }: SignedCall, identity: Identity, expired: boolean): void {
  if (securityToken === identity.securityToken) {
    if (securityToken !== undefined && expired) throw badToken('Expired', 'Specified SecurityToken is expired.')
    return
  }
  if (securityToken === undefined) throw missing('SecurityToken')
  if (!/^CAIS[A-Za-z0-9+/=]+$/.test(securityToken)) throw badToken('Malformed', 'Specified SecurityToken is malformed.')
  throw badToken('MismatchWithAccessKey', 'Specified SecurityToken mismatch with the AccessKey.')
}

const badToken = (what: string, text: string): GatewayRefusal => new GatewayRefusal(`InvalidSecurityToken.${what}`, 400, text)
