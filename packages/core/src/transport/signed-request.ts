import type { Credentials } from '../credentials/credentials.js'
import { InputError } from '../errors/input-error.js'
import { canonicalQuery } from '../signing/canonical.js'
import { signV1 } from '../signing/v1.js'
import { sha256Hex, signV3 } from '../signing/v3.js'
import type { Call } from './caller.js'

/** How a client asks: the same for all its calls. */
export interface RequestPlan {
  readonly endpoint: URL
  readonly signature: 'v3' | 'v1'
  readonly method: 'POST' | 'GET'
  readonly wire: 'json' | 'xml'
  /** Sent as RegionId under v1, where it is known. */
  readonly regionId?: string | undefined
  readonly userAgent: string
}

/** What is different for every attempt. */
export interface Moment {
  readonly credentials: Credentials
  readonly date: Date
  readonly nonce: string
  /** Told to the service from the second attempt on, as the vendor's newest clients do. */
  readonly retry?: { readonly attempt: number; readonly delayMs: number } | undefined
}

/** A request, ready to be sent, with the texts its signature was made from. */
export interface SignedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Under v1 the canonicalized query string. */
  readonly canonicalRequest: string
  readonly stringToSign: string
  readonly signature: string
}

/**
 * Signs one attempt of a call. Pure: the dry run uses it too. Booleans become `true` and `false`; what is undefined is left out.
 * @throws InputError for a header that cannot be sent as it would be signed
 */
export function signedRequest(call: Call, plan: RequestPlan, moment: Moment): SignedRequest {
  const request = plan.signature === 'v3' ? v3Request(call, plan, moment) : v1Request(call, plan, moment)
  for (const [name, value] of Object.entries(request.headers)) {
    if (isPlain.test(value)) continue
    // Its value may be a token.
    throw new InputError(`The header ${name} holds a line break or a character beyond ASCII.`, {
      field: name,
      hint: 'Look where it comes from: a token read with its line end, a user agent, the name of an action.',
    })
  }
  return request
}

/** Headers are sent as Latin-1 and signed as UTF-8, which are the same here alone. */
const isPlain = /^[\t\u0020-\u007E]*$/

/** `yyyy-MM-ddTHH:mm:ssZ`: neither signature takes milliseconds. */
const seconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`

const texts = (parameters: Call['parameters']): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))

function retryHeaders({ retry }: Moment): Record<string, string> {
  return retry === undefined
    ? {}
    : { 'x-acs-retry-attempts': String(retry.attempt), 'x-acs-retry-delay': String(Math.round(retry.delayMs)) }
}

function v3Request(
  { action, version, parameters }: Call,
  { endpoint, method, wire, userAgent }: RequestPlan,
  moment: Moment,
): SignedRequest {
  const { RegionId: _, ...query } = texts(parameters) // under v3 the region chooses the endpoint and is no parameter
  const { accessKeyId, securityToken } = moment.credentials
  const bodyHash = sha256Hex('') // DBS takes every parameter in the query
  const headers: Record<string, string> = {
    host: endpoint.host,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': seconds(moment.date),
    'x-acs-signature-nonce': moment.nonce,
    'x-acs-content-sha256': bodyHash,
    // As @alicloud/openapi-core sends them; the specification names the token alone.
    ...(securityToken !== undefined && { 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': securityToken }),
    ...retryHeaders(moment),
    accept: `application/${wire}`,
    'user-agent': userAgent,
  }
  const { canonicalQueryString, canonicalRequest, stringToSign, signature, authorization } = signV3(
    { method, query, headers, bodyHash },
    moment.credentials,
  )
  const url = `${endpoint.origin}/${canonicalQueryString === '' ? '' : `?${canonicalQueryString}`}`
  return { method, url, headers: { ...headers, authorization }, body: '', canonicalRequest, stringToSign, signature }
}

function v1Request(
  { action, version, parameters }: Call,
  { endpoint, method, wire, regionId, userAgent }: RequestPlan,
  moment: Moment,
): SignedRequest {
  const { accessKeyId, securityToken } = moment.credentials
  const { Signature: _, ...given } = texts(parameters) // it takes no part in itself
  const unsigned: Record<string, string> = {
    ...(regionId !== undefined && { RegionId: regionId }),
    ...given,
    Action: action,
    Version: version,
    Format: wire.toUpperCase(),
    AccessKeyId: accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: moment.nonce,
    Timestamp: seconds(moment.date),
    ...(securityToken !== undefined && { SecurityToken: securityToken }),
  }
  const { canonicalizedQueryString, stringToSign, signature } = signV1(method, unsigned, moment.credentials)
  const sent = canonicalQuery({ ...unsigned, Signature: signature })
  const headers = { host: endpoint.host, accept: `application/${wire}`, 'user-agent': userAgent, ...retryHeaders(moment) }
  const signed = { canonicalRequest: canonicalizedQueryString, stringToSign, signature }
  return method === 'GET'
    ? { method, url: `${endpoint.origin}/?${sent}`, headers, body: '', ...signed }
    : {
        method,
        url: `${endpoint.origin}/`,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: sent,
        ...signed,
      }
}
