import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CredentialsError } from '../errors/credentials-error.js'
import { parseCliConfig } from './cli-config.js'
import { isBlank, sourceOfProfile } from './cli-profile.js'
import { parseCredentialsFile, sourceOfSection } from './credentials-file.js'
import { isOn, variable, type Env } from './environment.js'
import type { KeySource } from './source.js'

/** What the vendor's two profile files hold. */
export interface FoundInFiles {
  readonly source: KeySource | undefined
  /** Every profile they name. */
  readonly names: readonly string[]
}

/**
 * Looks for a profile in `~/.aliyun/config.json`, then in `~/.alibabacloud/credentials` (or ALIBABA_CLOUD_CREDENTIALS_FILE).
 * @param wanted a name, or undefined for what each file means by default
 * @throws CredentialsError for a file that cannot be read or understood, and a profile that cannot be used
 */
export async function findInFiles(env: Env, homeDir: string, wanted: string | undefined): Promise<FoundInFiles> {
  const configPath = join(homeDir, '.aliyun', 'config.json')
  const configText = isOn(env, 'ALIBABA_CLOUD_CLI_PROFILE_DISABLED') ? undefined : await textOf(configPath)
  const names: string[] = []
  if (configText !== undefined) {
    const config = parseCliConfig(configText, configPath)
    names.push(...config.profiles.map(({ name }) => name))
    const name = wanted ?? config.current
    const passOver = wanted === undefined && isBlank(config, name)
    const source = passOver ? undefined : sourceOfProfile(config, name, isOn(env, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'))
    if (source !== undefined) return { source, names }
  }
  const iniPath = variable(env, 'ALIBABA_CLOUD_CREDENTIALS_FILE') ?? join(homeDir, '.alibabacloud', 'credentials')
  const iniText = await textOf(iniPath)
  if (iniText === undefined) return { source: undefined, names }
  const sections = parseCredentialsFile(iniText)
  names.push(...sections.keys())
  return { source: sourceOfSection(sections, iniPath, wanted ?? 'default'), names }
}

/** Undefined for a file that is not there. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new CredentialsError(`${path} cannot be read (${code}).`, 'Check who may read it.')
  }
}
