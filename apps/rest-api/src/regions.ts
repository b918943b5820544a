import { DbsError, resolveEndpoint } from '@backset/core'
import type { ApiSettings } from './settings.js'

/**
 * The regions to serve; one that is undefined where an endpoint needs none.
 * @throws DbsError where they cannot be meant, before anything is asked
 */
export function regionsOf({
  region: regions = [],
  endpoint,
  allowHttp,
}: Pick<ApiSettings, 'region' | 'endpoint' | 'allowHttp'>): readonly (string | undefined)[] {
  if (endpoint !== undefined && regions.length > 1) {
    throw new DbsError('invalid-setting', 'One endpoint cannot be asked for several regions.', {
      hint: 'Give --endpoint with one --region or none.',
    })
  }
  const named = regions.length === 0 ? [undefined] : regions
  for (const region of named) resolveEndpoint({ region, endpoint, allowHttp })
  return named
}
