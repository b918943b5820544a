import { knownRegions } from '@backset/core'
import { commonSettings, settingOptions } from '@backset/settings'

const options = settingOptions(commonSettings, 'Settings')

/** The settings that every command has, as flags. */
export const commonOptions = { ...options, region: { ...options.region, suggestions: knownRegions } }
