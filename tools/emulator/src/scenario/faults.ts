import { GatewayRefusal, ServiceFailure } from '../api/refusals.js'
import type { Fault } from './scenario.js'

/** Faults that are an answer of gateway or service: `before` the request is looked at, or `after` it was accepted. */
export function failOnPurpose(fault: Fault | undefined, moment: 'before' | 'after'): void {
  if (moment === 'before') {
    if (fault?.kind === 'unavailable') throw unavailable(fault)
    return
  }
  if (fault?.kind === 'throttle') throw throttle(fault)
  if (fault?.kind === 'soft-failure') throw new ServiceFailure(fault.code, fault.message)
  if (fault?.kind === 'refuse') throw refusal(fault)
}

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

const unavailable = ({ status }: Of<'unavailable'>): GatewayRefusal =>
  status === 503
    ? new GatewayRefusal('ServiceUnavailable', 503, 'The request has failed due to a temporary failure of the server.')
    : new GatewayRefusal('InternalError', 500, 'The request processing has failed due to some unknown error, exception or failure.')

export function throttle({ code, status, hint, waitMs, as }: Omit<Of<'throttle'>, 'kind'>): GatewayRefusal | ServiceFailure {
  const text = 'Request was denied due to user flow control.'
  const headers = hints[hint](waitMs)
  return as === 'gateway' ? new GatewayRefusal(code, status, text, { headers }) : new ServiceFailure(code, text, { headers })
}

const hints: Record<Of<'throttle'>['hint'], (waitMs: number) => Record<string, string>> = {
  none: () => ({}),
  acs: (waitMs) => ({ 'x-acs-retry-after': String(Math.ceil(waitMs)) }),
  http: (waitMs) => ({ 'retry-after': String(Math.ceil(waitMs / 1000)) }),
  'rate-limit': (waitMs) => ({ 'x-ratelimit-user-api': `Limit:1,Remain:0,TimeLeft:${Math.ceil(waitMs)},Reset:0` }),
}

/** Keys of AccessDeniedDetail as another product of the vendor documents them. */
const accessDenied = {
  AccessDeniedDetail: {
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    AuthPrincipalType: 'SubUser',
    AuthPrincipalDisplayName: '200000000000000001',
    NoPermissionType: 'ImplicitDeny',
    AuthAction: 'dbs:DescribeBackupSetDownloadTaskList',
  },
}

const refusal = (fault: Of<'refuse'>): GatewayRefusal =>
  new GatewayRefusal(fault.code, fault.status, fault.message, { extra: fault.accessDenied ? accessDenied : {} })
