import { access } from 'node:fs/promises'
import { configPlace } from '@backset/settings'
import { readCliSettings } from '../cli-settings.js'
import { defineCheck } from './check.js'

/** Whether flags, environment and settings file can be read, and what of them has no effect. */
export const settingsCheck = defineCheck({
  name: 'settings',
  needs: [],
  async run(_, { args, env, homeDir }) {
    const { path } = configPlace(env, homeDir)
    const { values, origins, warnings } = await readCliSettings(args, { env, homeDir })
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    const set = Object.values(origins).filter(({ source }) => source !== 'default').length
    const detail = `${isThere ? `${path} is read` : `there is no ${path}`}; ${set} of ${Object.keys(origins).length} settings are not the default`
    const hint = 'backset config explain shows each setting and what set it.'
    if (warnings.length > 0) return { result: 'warning', detail: warnings.join(' '), hint, fact: values }
    return { result: 'ok', detail, fact: values }
  },
})
