import { defaultCredentials, unlessAborted } from '@backset/core'
import { defineCheck } from './check.js'

/** Where the keys come from, and whether there are any; DBS judges them later. */
export const credentialsCheck = defineCheck({
  name: 'credentials',
  needs: ['settings'],
  async run({ settings: { profile } }, { env, homeDir, clock, signal }) {
    const provider = defaultCredentials({ env, homeDir, clock, profile })
    const { securityToken } = await unlessAborted(provider.get(signal), signal)
    const kind = securityToken === undefined ? 'an access key' : 'temporary keys'
    return { result: 'ok', detail: `${kind} from: ${provider.source}`, fact: provider }
  },
})
