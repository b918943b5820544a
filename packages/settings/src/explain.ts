import { credentialVariables } from './common.js'
import type { Settings } from './setting.js'
import type { Environment, Reading } from './sources.js'

/** One setting as it is explained to people. */
export interface Explained {
  readonly setting: string
  /** As text; secrets as `***`, absent where nothing is set. */
  readonly value?: string
  /** What set it: `--page-size`, `BACKSET_PAGE_SIZE`, `config.yaml:3:11` or `default`. */
  readonly source: string
  readonly variable: string
  readonly flag?: string
}

/** Every setting with its value and what set it, then the variables that hold keys. */
export function explain<Defined extends Settings>(definitions: Defined, reading: Reading<Defined>, env: Environment): readonly Explained[] {
  const settings = Object.entries(definitions).map(([setting, { kind, flag, variable, defaultNote }]): Explained => {
    const text = shown(reading.values[setting])
    const value = text === undefined ? defaultNote : (kind.show?.(text) ?? text)
    return {
      setting,
      ...(value !== undefined && { value }),
      source: reading.origins[setting]?.name ?? 'default',
      variable,
      flag: `--${flag}`,
    }
  })
  const keys = Object.entries(credentialVariables).map(([setting, { variable }]): Explained => {
    const isSet = env[variable] !== undefined && env[variable] !== ''
    return { setting, ...(isSet && { value: '***' }), source: isSet ? variable : 'default', variable }
  })
  return [...settings, ...keys]
}

/** Values as text, as a flag would take them. */
function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
