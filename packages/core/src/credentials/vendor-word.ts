const systemCodes =
  /\b(?:EACCES|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|EISDIR|ENETUNREACH|ENOENT|ENOTFOUND|EPERM|EPIPE|ETIMEDOUT|CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\b/
const serviceCode = /"Code"\s*:\s*"([A-Za-z]{2,40}(?:\.[A-Za-z]{2,40}){0,3})"/
const httpStatus = /\bhttpStatus: (\d{3})\b/

/**
 * The one word of a failure that helps and cannot hold a secret: a system code as ECONNREFUSED, the code of an answer as EntityNotExist.Role, its HTTP
 * status, or that time was out. The text itself is not passed on: the vendor's package quotes whole answers, commands and files in it.
 */
export function wordOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'RequestTimeoutError') return 'no answer in time' // httpx, which the package sends with
  const ofSystem = 'code' in error ? systemCodes.exec(String(error.code))?.[0] : undefined
  const ofService = serviceCode.exec(error.message)?.[1]
  const status = httpStatus.exec(error.message)?.[1]
  return ofSystem ?? ofService ?? (status === undefined ? undefined : `HTTP ${status}`) ?? systemCodes.exec(error.message)?.[0]
}

const passing =
  /^(?:EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT|no answer in time|HTTP (?:408|429|5\d\d)|InternalError|ServiceUnavailable|Throttling.*)$/

/** Whether a failure of this word, of a server that was asked for keys, may be gone soon: the network, or the server's own trouble. */
export const mayPass = (word: string): boolean => passing.test(word)
