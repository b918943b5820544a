import { DbsError } from './dbs-error.js'

const hints: Readonly<Record<string, string>> = {
  ENOTFOUND: 'A name does not resolve: check the region or --endpoint, the proxy variables, and DNS.',
  EAI_AGAIN: 'DNS did not answer: check the network.',
  ECONNREFUSED: 'Nobody listens there: check the endpoint and its port, and the proxy where HTTPS_PROXY names one.',
  CERT_HAS_EXPIRED: 'The certificate has expired: check the clock of this machine, and what stands between.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is signed by itself: a proxy may read along. Add its authority with NODE_EXTRA_CA_CERTS.',
  SELF_SIGNED_CERT_IN_CHAIN: 'A proxy may read along. Add its authority with NODE_EXTRA_CA_CERTS.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The chain of certificates is not whole. Add the missing authority with NODE_EXTRA_CA_CERTS.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name: check the endpoint.',
}

/** A certificate, or a proxy's refusal, is the same next time. */
const isLasting = (reason: string): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^ERR_SSL|EPROTO|^the proxy answered HTTP 4/.test(reason)

const hintOn = (reason: string): string =>
  hints[reason] ??
  'Check the network, the proxy variables (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) and the endpoint; backset --debug shows each attempt.'

function proxyHint(reason: string, variable: string): string {
  if (reason === 'the proxy answered HTTP 407') return `The proxy wants other credentials: check user and password in ${variable}.`
  // What a certificate is called for holds behind a proxy too; what a connection is, only of the proxy.
  if (isLasting(reason) && hints[reason] !== undefined) return hints[reason]
  return `Check the proxy that ${variable} names and whether it lets this host through; NO_PROXY names hosts that need none.`
}

interface ConnectionFacts {
  /** It was waited for, and did not come. */
  readonly timedOut?: boolean
  /** In place of the usual one, which speaks of DBS's endpoint. */
  readonly hint?: string | undefined
  /** The proxy that was to lead there, and the variable that names it; never its user or password. */
  readonly proxy?: { readonly host: string; readonly variable: string }
}

/** The service could not be reached, or not in time. Says the system's word for it and nothing of the request. */
export class ConnectionError extends DbsError {
  override readonly name = 'ConnectionError'
  /** The system's word, as `ECONNREFUSED`, or `timeout`. */
  readonly reason: string
  /** It was waited for, and did not come. */
  readonly timedOut: boolean

  /** @param host with its port, without user info and path */
  constructor(host: string, reason: string, { timedOut = false, hint, proxy }: ConnectionFacts = {}) {
    const through = proxy === undefined ? '' : ` through the proxy ${proxy.host}`
    const message = timedOut ? `${host} did not answer in time (${reason}).` : `${host} could not be reached${through}: ${reason}.`
    super('unreachable', message, {
      retryable: !isLasting(reason),
      hint: proxy === undefined ? ((isLasting(reason) ? undefined : hint) ?? hintOn(reason)) : proxyHint(reason, proxy.variable),
    })
    this.reason = reason
    this.timedOut = timedOut
  }
}
