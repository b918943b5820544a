import type { commonSettings } from './common.js'
import type { Values } from './setting.js'

/** What a client for one region is given of the common settings. */
export function clientOptions(settings: Omit<Values<typeof commonSettings>, 'timeout'>, region: string | undefined = settings.region?.[0]) {
  const { endpoint, profile, signature, method, wire, maxAttempts, requestTimeout, attemptTimeout, allowHttp } = settings
  const verb = method === 'get' ? 'GET' : 'POST'
  return {
    region,
    endpoint,
    profile,
    signature,
    method: verb,
    wire,
    maxAttempts,
    requestTimeout,
    attemptTimeout,
    allowHttp,
  } as const
}
