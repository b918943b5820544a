import type { ErrorCode } from './codes.js'

/** What a service code means to us. */
export interface Advice {
  readonly code: ErrorCode
  /** Why it happens. */
  readonly cause: string
  /** The next step; `{action}` stands for the action that was called. */
  readonly hint: string
  /** Whether the same call may succeed soon. */
  readonly retryable?: boolean
  /** Whether it asks to go slower. */
  readonly throttled?: boolean
}

const grant = 'Grant the RAM action dbs:{action} to the user or role; the managed policy AliyunDBSReadOnlyAccess holds all reads.'
const permission = (cause: string): Advice => ({ code: 'no-permission', cause, hint: grant })
const throttle: Advice = {
  code: 'throttled',
  cause: 'Calls came faster than DBS allows.',
  hint: 'Lower --lookahead, or try again later.',
  retryable: true,
  throttled: true,
}
const input = (cause: string): Advice => ({ code: 'refused', cause, hint: 'Check the parameters against the documentation of {action}.' })
const token = (cause: string, hint: string, retryable = false): Advice => ({ code: 'credentials-refused', cause, hint, retryable })
const signature = (cause: string): Advice => ({
  code: 'signature-mismatch',
  cause,
  hint: 'Check that the secret belongs to this AccessKeyId, and that no proxy changes requests.',
})
const clock: Advice = {
  code: 'clock-skewed',
  cause: 'The time of the request is too far from the service’s.',
  hint: 'Set the clock of this machine (NTP).',
  retryable: true,
}
const service = (cause: string): Advice => ({
  code: 'service-unavailable',
  cause,
  hint: 'Try again later; give the request id to the vendor when it lasts.',
  retryable: true,
})
const idempotence = (cause: string): Advice => ({
  code: 'refused',
  cause,
  hint: 'Use a new ClientToken for a new request, and the old one only to repeat the same.',
})

/**
 * Service codes and what they mean. Sources: the error tables of the DBS pages (2019-03-06), the vendor's common error table and gateway table, and
 * the rules in the vendor's Terraform provider. A code that ends in `*` stands for all that begin so.
 */
export const adviceTable: Readonly<Record<string, Advice>> = {
  'Request.Forbidden': permission('The key may not call this action.'),
  'Forbidden.RAM': permission('The RAM policies of the key do not allow this action.'),
  NoPermission: permission('The RAM policies of the key do not allow this action.'),
  'Forbidden.SubUser': permission('Sub-users may not call this action.'),
  'Forbidden.Unauthorized': permission('The account has not authorised DBS.'),
  'Forbidden.NotSupportRAM': {
    code: 'no-permission',
    cause: 'The action cannot be granted to RAM users.',
    hint: 'Call it with the keys of the account itself.',
  },
  'Forbidden.RiskControl': {
    code: 'no-permission',
    cause: 'The account is held by risk control.',
    hint: 'Look into the console of the account.',
  },
  'Forbidden.AccessKeyDisabled': token('The access key is disabled.', 'Enable it in the RAM console, or use another.'),
  Forbidden: permission('The call is forbidden to this key.'),
  InvalidAction: permission('The key may not call this action.'),
  'Param.NotFound': {
    code: 'not-found',
    cause: 'An id that was given names nothing.',
    hint: 'List what there is: backset plans, then backset list --plan ID.',
  },
  InvalidParameterValid: {
    code: 'refused',
    cause: 'A parameter is not valid; for the plan list: there is no such plan.',
    hint: 'Check the parameters of {action}.',
  },
  InvalidJobId: { code: 'not-found', cause: 'The job id names nothing.', hint: 'List what there is: backset plans.' },
  InvalidParameter: input('A parameter is not valid, or the plan does not support the action.'),
  'InvalidParameter.*': input('A parameter is not valid.'),
  InvalidParamater: input('SignatureMethod or SignatureVersion is not valid.'),
  MissingParameter: input('A parameter is missing.'),
  'Missing*': input('A parameter is missing.'),
  UnsupportedParameter: input('A parameter is not known to the action.'),
  'InvalidAccessKeyId.NotFound': token(
    'There is no such AccessKeyId.',
    'Check the id in the profile (~/.aliyun/config.json) or in ALIBABA_CLOUD_ACCESS_KEY_ID, and the site (China or international) of the account.',
  ),
  'InvalidAccessKeyId.Inactive': token('The access key is disabled.', 'Enable it in the RAM console, or use another.'),
  'InvalidSecurityToken.Expired': token(
    'The STS token has expired.',
    'Get new temporary keys, or use a profile or role that renews them.',
    true,
  ),
  'InvalidSecurityToken.Malformed': token(
    'The STS token is not whole.',
    'Copy it again: all three of key id, secret and token belong together.',
  ),
  'InvalidSecurityToken.MismatchWithAccessKey': token(
    'The STS token belongs to another AccessKeyId.',
    'Set key id, secret and token from the same answer.',
  ),
  MissingSecurityToken: token(
    'Temporary keys were used without their token.',
    'Give the token too: sts_token in a profile, or ALIBABA_CLOUD_SECURITY_TOKEN.',
  ),
  SignatureDoesNotMatch: signature('The secret is wrong, or the request was changed on its way.'),
  IncompleteSignature: signature('The signature is not of the form the gateway wants.'),
  InvalidSignatureMethod: signature('The gateway does not take this way of signing.'),
  'InvalidTimeStamp.Expired': clock,
  IllegalTimestamp: clock,
  'InvalidTimeStamp.Format': { code: 'refused', cause: 'The time stamp is not well formed.', hint: 'Please report it.' },
  SignatureNonceUsed: {
    code: 'refused',
    cause: 'The nonce was used already; a new attempt has a new one.',
    hint: 'Try again.',
    retryable: true,
  },
  InvalidVersion: { code: 'refused', cause: 'The host does not serve this version of the API.', hint: 'Check --endpoint.' },
  'InvalidAction.NotFound': {
    code: 'refused',
    cause: 'There is no such action at this host.',
    hint: 'Check the name of the action, and --endpoint.',
  },
  'InvalidApi.NotFound': {
    code: 'refused',
    cause: 'There is no such action at this host.',
    hint: 'Check the name of the action, and --endpoint.',
  },
  'InvalidProduct.NotFound': {
    code: 'refused',
    cause: 'The host serves another product.',
    hint: 'Check --endpoint: DBS hosts are named dbs-api.',
  },
  'InvalidRegion.NotFound': { code: 'refused', cause: 'The region is not known to the service.', hint: 'backset regions lists them.' },
  'InvalidRegionId.NotFound': { code: 'refused', cause: 'The region is not known to the service.', hint: 'backset regions lists them.' },
  'InvalidProtocol.NeedSsl': { code: 'refused', cause: 'The host wants https.', hint: 'Give --endpoint with https://.' },
  UnsupportedHTTPMethod: { code: 'refused', cause: 'The host does not take this HTTP method.', hint: 'Try --method post or --method get.' },
  UnsupportedOperation: {
    code: 'refused',
    cause: 'The plan or instance does not support the action.',
    hint: 'Check what the plan is made for.',
  },
  ContentMD5NotMatched: { code: 'refused', cause: 'The body was changed on its way.', hint: 'Look for a proxy that changes requests.' },
  ContentLengthDoesNotMatch: {
    code: 'refused',
    cause: 'The body was changed on its way.',
    hint: 'Look for a proxy that changes requests.',
  },
  IdempotentParameterMismatch: idempotence('The ClientToken was used for another request.'),
  'InvalidIdempotenceParameter.Mismatch': idempotence('The ClientToken was used for another request.'),
  LastTokenProcessing: {
    code: 'refused',
    cause: 'The request with this ClientToken is still being worked on.',
    hint: 'Wait, then look for the task: backset list.',
    retryable: true,
  },
  OperationConflict: { code: 'refused', cause: 'Another operation on the same thing is under way.', hint: 'Wait until it has ended.' },
  'Throttling*': throttle,
  'Rejected.Throttling': throttle,
  InternalError: service('DBS failed inside.'),
  ServiceUnavailable: service('DBS is not available at the moment.'),
  undefined: service('DBS failed without a code; the vendor’s Terraform provider repeats such calls.'),
  UnknownError: {
    code: 'refused',
    cause: 'DBS does not say why.',
    hint: 'Try again later; give the request id to the vendor when it lasts.',
  },
}

const prefixes = Object.keys(adviceTable)
  .filter((code) => code.endsWith('*'))
  .map((code) => [code.slice(0, -1), adviceTable[code]] as const)

function fromStatus(httpStatus: number): Advice {
  if (httpStatus === 429) return throttle
  if (httpStatus === 408 || httpStatus >= 500) return service(`DBS answered with HTTP ${httpStatus}.`)
  if (httpStatus === 401)
    return token('The keys are not taken.', 'Check that AccessKeyId, secret and token belong together and are in force.')
  if (httpStatus === 403) return permission('The call is forbidden to this key.')
  return { code: 'refused', cause: 'DBS refused the call.', hint: 'See the message, and the documentation of {action}.' }
}

/** What a refusal means: by its code where that is known, else by its HTTP status. */
export function adviceOn(serviceCode: string, action: string, httpStatus = 200): Advice {
  if (serviceCode === 'InvalidParameterValid' && action === 'DescribeBackupPlanList') {
    return { code: 'not-found', cause: 'There is no such plan.', hint: 'backset plans lists them.' } // as the vendor's Terraform provider reads it
  }
  const known = Object.hasOwn(adviceTable, serviceCode)
    ? adviceTable[serviceCode]
    : prefixes.find(([prefix]) => serviceCode.startsWith(prefix))?.[1]
  const advice = known ?? fromStatus(httpStatus)
  const byStatus = known !== undefined && known.retryable !== true && (httpStatus === 429 || httpStatus >= 500) ? { retryable: true } : {}
  return { ...advice, ...byStatus, hint: advice.hint.replaceAll('{action}', action) }
}
