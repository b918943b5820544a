import { commonSettings, settingOptions } from '@backset/settings'

/** The settings that every command has, as flags. */
export const commonOptions = settingOptions(commonSettings, 'Settings')
