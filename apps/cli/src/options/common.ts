import { commonSettings } from '@backset/settings'
import type { Option } from '../command.js'

type CommonFlag = (typeof commonSettings)[keyof typeof commonSettings]['flag']

/** The settings that every command has, as flags. They are given on as they came: settings are read, judged and explained in one place. */
export const commonOptions = Object.fromEntries(
  Object.values(commonSettings).map((setting): [CommonFlag, Option] => {
    const { flag, variable, summary, kind } = setting
    const fallback = 'default' in setting ? setting.default : 'defaultNote' in setting ? setting.defaultNote : undefined
    return [
      flag,
      {
        kind: kind.form,
        group: 'Settings',
        placeholder: kind.takes,
        variable,
        summary,
        ...(fallback !== undefined && fallback !== 'false' && { fallback }),
        ...(kind.choices !== undefined && { suggestions: kind.choices }),
      },
    ]
  }),
) as Readonly<Record<CommonFlag, Option>>
