import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configVariable } from './common.js'
import type { Settings } from './setting.js'
import { SettingsError, type Fault } from './settings-error.js'
import type { Environment } from './sources.js'
import type { Path } from './yaml-file.js'

/** A file of settings, read and checked; its faults are thrown by `readSettings`, together with those of the other sources. */
export interface ConfigFile {
  readonly name: string
  /** What it sets, by setting, as written; only what is right. */
  readonly values: Readonly<Record<string, unknown>>
  readonly faults: readonly Fault[]
  /** `name:line:column` of a value. */
  readonly placeOf: (path: Path) => string
}

/** Where the configuration is: BACKSET_CONFIG, else `backset/config.yaml` in XDG_CONFIG_HOME or `~/.config`. Only a file that was named must exist. */
export function configPlace(env: Environment, homeDir: string): { readonly path: string; readonly named: boolean } {
  const named = env[configVariable]
  if (named !== undefined && named !== '') return { path: named, named: true }
  const base = env['XDG_CONFIG_HOME']
  return { path: join(base === undefined || base === '' ? join(homeDir, '.config') : base, 'backset', 'config.yaml'), named: false }
}

/**
 * The configuration file, where there is one.
 * @throws SettingsError when it was named and is not there, or cannot be read
 */
export async function openConfigFile(definitions: Settings, env: Environment, homeDir: string): Promise<ConfigFile | undefined> {
  const { path, named } = configPlace(env, homeDir)
  try {
    return await parseConfigFile(await readFile(path, 'utf8'), path, definitions)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined || error instanceof SettingsError) throw error
    if (!named && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined
    const why =
      code === 'ENOENT' ? 'it does not exist' : code === 'EACCES' ? 'you may not read it' : code === 'EISDIR' ? 'it is a folder' : code
    const remedy = named ? `Name another file with ${configVariable}, or none.` : 'Make it a file that you may read, or take it away.'
    throw new SettingsError([{ source: path, message: `${path} cannot be read: ${why}.`, remedy }])
  }
}

/** The same for a text that is at hand. */
export async function parseConfigFile(text: string, name: string, definitions: Settings): Promise<ConfigFile> {
  const [{ readYaml, schemaFaults }, { fileSchema }] = await Promise.all([import('./yaml-file.js'), import('./file-schema.js')])
  const file = await readYaml(text, name)
  const base = { name, placeOf: file.placeOf }
  if (file.faults.length > 0) return { ...base, values: {}, faults: file.faults }
  if (file.value === null || file.value === undefined) return { ...base, values: {}, faults: [] } // empty, or comments alone
  const checked = fileSchema(definitions).safeParse(file.value)
  if (!checked.success) return { ...base, values: {}, faults: schemaFaults(file, checked.error, () => Object.keys(definitions)) }
  const said = Object.entries(checked.data).filter(([, value]) => value !== undefined && value !== null)
  return { ...base, values: Object.fromEntries(said), faults: [] }
}
