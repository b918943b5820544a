import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.js'
import { CredentialsError } from '../errors/credentials-error.js'
import { cliConfigNames, sourceInCliConfig } from './cli-profile.js'
import { sourceInCredentialsFile } from './credentials-file.js'
import type { Credentials, CredentialsProvider } from './credentials.js'
import { isOn, keysInEnvironment, oidcInEnvironment, variable, type Env } from './environment.js'
import { SharedKeys } from './refresh.js'
import type { KeySource } from './source.js'
import { MaskedCredentials } from './static.js'

export interface ChainOptions {
  readonly env: Env
  readonly homeDir: string
  readonly clock: Clock
  /** Named by the caller: beats keys in the environment. */
  readonly profile?: string | undefined
}

/**
 * The default chain, in the order of the vendor's packages: keys in the environment, OIDC role, CLI profile, credentials file, ECS role, URI. Nothing is read
 * before keys are asked for. Keys that stand in the environment or a profile are used as they are; the vendor's package is loaded only for what must be
 * asked of a server or a command, and with a new one after each failure, since its own chain sticks to what failed.
 */
export function defaultCredentials(options: ChainOptions): CredentialsProvider {
  let found: KeySource | undefined
  let ask: (() => Promise<Credentials>) | undefined
  const shared = new SharedKeys(options.clock, async () => {
    try {
      found ??= await findSource(options)
      if (found.kind === 'static') return found.keys
      const { askVendor } = await import('./vendor.js')
      ask ??= await askVendor(found)
      return await ask()
    } catch (error) {
      const nobodySaidSo = found?.label === guessLabel
      ask = undefined
      found = undefined
      throw nobodySaidSo ? noCredentials() : error
    }
  })
  return {
    get source() {
      return found?.label ?? (options.profile === undefined ? 'default chain' : `profile ${options.profile}`)
    },
    get: (signal) => shared.get(signal),
    invalidate() {
      ask = undefined
      found = undefined
      shared.forget()
    },
  }
}

/** Keys that are at hand without asking anybody, for a dry run; undefined when a server would have to be asked. */
export async function keysAtHand(options: ChainOptions): Promise<Credentials | undefined> {
  const source = await findSource(options).catch(() => undefined)
  return source?.kind === 'static' ? new MaskedCredentials(source.keys) : undefined
}

async function findSource({ env, homeDir, profile }: ChainOptions): Promise<KeySource> {
  const inEnvironment = profile === undefined ? (keysInEnvironment(env) ?? oidcInEnvironment(env)) : undefined
  if (inEnvironment !== undefined) return inEnvironment
  const wanted = profile ?? variable(env, 'ALIBABA_CLOUD_PROFILE')
  const source = (await inFiles(env, homeDir, wanted)) ?? (profile === undefined ? lastResorts(env) : undefined)
  if (source !== undefined) return source
  if (wanted !== undefined)
    throw new CredentialsError(
      `There is no profile ${JSON.stringify(wanted)} in ~/.aliyun/config.json or ~/.alibabacloud/credentials.`,
      'aliyun configure list shows the profiles.',
    )
  throw noCredentials()
}

const noCredentials = (): CredentialsError =>
  new CredentialsError(
    'There are no credentials.',
    'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or make a profile with aliyun configure.',
  )

/** Every machine may be an ECS instance: when it is none, that is no fault to tell. */
const guessLabel = 'ECS role'

async function inFiles(env: Env, homeDir: string, wanted: string | undefined): Promise<KeySource | undefined> {
  const configPath = join(homeDir, '.aliyun', 'config.json')
  const iniPath = variable(env, 'ALIBABA_CLOUD_CREDENTIALS_FILE') ?? join(homeDir, '.alibabacloud', 'credentials')
  const config = isOn(env, 'ALIBABA_CLOUD_CLI_PROFILE_DISABLED') ? undefined : await textOf(configPath)
  const ini = await textOf(iniPath)
  const inIni = (): KeySource | undefined => (ini === undefined ? undefined : sourceInCredentialsFile(ini, iniPath, wanted ?? 'default'))
  // A name that only the second file has is found there.
  if (config !== undefined && wanted !== undefined && !cliConfigNames(config, configPath, wanted)) {
    const other = inIni()
    if (other !== undefined) return other
  }
  const noExternal = isOn(env, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS')
  return (config === undefined ? undefined : sourceInCliConfig(config, configPath, wanted, noExternal)) ?? inIni()
}

function lastResorts(env: Env): KeySource | undefined {
  const roleName = variable(env, 'ALIBABA_CLOUD_ECS_METADATA')
  const uri = variable(env, 'ALIBABA_CLOUD_CREDENTIALS_URI')
  const noMetadata = isOn(env, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')
  // The vendor's chain tries the metadata service on every machine and waits for it; where a URI is set and no role is named, the URI is meant.
  if (roleName === undefined && uri !== undefined) return { kind: 'uri', label: 'credentials URI', uri }
  if (!noMetadata)
    return {
      kind: 'ecs',
      label: roleName === undefined ? guessLabel : `ECS role ${roleName}`,
      roleName,
      disableIMDSv1: isOn(env, 'ALIBABA_CLOUD_IMDSV1_DISABLED'),
    }
  return uri === undefined ? undefined : { kind: 'uri', label: 'credentials URI', uri }
}

/** Undefined for a file that is not there. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new CredentialsError(`${path} cannot be read (${String(code)}).`, 'Check who may read it.')
  }
}
