import { InputError, nearestName } from '@backset/core'
import { configVariable } from './common.js'
import type { ConfigFile } from './config-file.js'
import type { Setting, Settings, Values } from './setting.js'
import { SettingsError, type Fault } from './settings-error.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** Who set a value, nearest to the person first. */
export type Source = 'flag' | 'environment' | 'file' | 'default'

export interface Origin {
  readonly source: Source
  /** What exactly: `--page-size`, `BACKSET_PAGE_SIZE`, `config.yaml:3:11`; the word `default` for one. */
  readonly name: string
}

export interface Sources {
  /** By flag, without dashes. Undefined and an empty list mean that the flag was not given. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly env: Environment
  readonly file?: ConfigFile | undefined
  /** Variables of ours that are no setting here, so that they are not taken for misspelt ones. */
  readonly otherVariables?: readonly string[]
}

/** What the sources say together. */
export interface Reading<Defined extends Settings> {
  readonly values: Values<Defined>
  readonly origins: Readonly<Record<keyof Defined, Origin>>
  /** Whole sentences: what was set and has no effect. */
  readonly warnings: readonly string[]
}

interface Said extends Origin {
  readonly input: unknown
}

/**
 * Reads the settings: flag before environment before file before default.
 * @throws SettingsError with every fault of every source
 */
export function readSettings<const Defined extends Settings>(definitions: Defined, sources: Sources): Reading<Defined> {
  const faults: Fault[] = [...(sources.file?.faults ?? [])]
  const warnings = misspelt(definitions, sources)
  const values: Record<string, unknown> = {}
  const origins: Record<string, Origin> = {}
  for (const [name, setting] of Object.entries(definitions)) {
    const winner = winnerOf(name, setting, sources, warnings)
    origins[name] = { source: winner.source, name: winner.name }
    values[name] = winner.input === undefined ? undefined : attempt(setting, winner, faults)
  }
  if (faults.length > 0) throw new SettingsError(faults)
  return { values: values as Values<Defined>, origins: origins as Record<keyof Defined, Origin>, warnings }
}

function winnerOf(name: string, setting: Setting, { flags, env, file }: Sources, warnings: string[]): Said {
  const fallback: Said = { source: 'default', name: 'default', input: setting.default }
  const flag = flags[setting.flag]
  if (flag !== undefined && !(Array.isArray(flag) && flag.length === 0)) return { source: 'flag', name: `--${setting.flag}`, input: flag }
  const said = saidInEnvironment(setting, env) ?? saidInFile(name, file)
  if (said === undefined) return fallback
  const { yieldsTo } = setting
  if (yieldsTo === undefined || !yieldsTo.variables.every((variable) => isSet(env[variable]))) return said
  warnings.push(`${said.name} has no effect: ${yieldsTo.because}.`)
  return fallback
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== ''

function saidInEnvironment({ variable }: Setting, env: Environment): Said | undefined {
  const input = env[variable]
  return isSet(input) ? { source: 'environment', name: variable, input } : undefined
}

function saidInFile(name: string, file: ConfigFile | undefined): Said | undefined {
  if (file === undefined || !Object.hasOwn(file.values, name)) return undefined
  return { source: 'file', name: file.placeOf([name]), input: file.values[name] }
}

function attempt(setting: Setting, { name, input, source }: Said, faults: Fault[]): unknown {
  try {
    return setting.kind.read(input, name)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const other = source === 'flag' ? '' : ` A flag, --${setting.flag}, would win over it.`
    faults.push({ source: name, message: error.message, remedy: `${error.hint ?? `${name} takes ${setting.kind.takes}.`}${other}` })
    return undefined
  }
}

/** Variables that look like ours and are none. */
function misspelt(definitions: Settings, { env, otherVariables = [] }: Sources): string[] {
  const known = [...Object.values(definitions).map(({ variable }) => variable), configVariable, ...otherVariables]
  return Object.keys(env)
    .filter((variable) => variable.startsWith('BACKSET_') && !known.includes(variable))
    .map((variable) => {
      const nearest = nearestName(variable, known)
      return `${variable} is no setting and has no effect.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`
    })
}
