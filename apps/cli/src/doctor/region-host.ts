import { InputError, resolveEndpoint } from '@backset/core'
import { defineCheck } from './check.js'

/** Which host is asked. */
export const regionHostCheck = defineCheck({
  name: 'region-host',
  needs: ['settings'],
  async run({ settings: { region: regions = [], endpoint, allowHttp } }) {
    if (regions.length > 1)
      throw new InputError(`One host is looked at, and ${regions.length} regions are named.`, {
        field: 'region',
        hint: 'Give one --region.',
      })
    const [region] = regions
    const resolved = resolveEndpoint({ region, endpoint, allowHttp })
    return {
      result: 'ok',
      detail: endpoint === undefined ? `${region} is served by ${resolved.url.host}` : `${resolved.url.origin} is asked`,
      fact: resolved,
    }
  },
})
