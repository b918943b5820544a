import * as z from 'zod'
import { CredentialsError } from '../errors/credentials-error.js'

// The vendor's ~/.aliyun/config.json, as aliyun-cli writes it. Its text never goes into an error: the vendor's package quotes the whole file.

const word = z.string().optional()

/** One profile; which keys it has depends on its mode. */
const CliProfile = z.looseObject({
  name: z.string(),
  mode: word,
  access_key_id: word,
  access_key_secret: word,
  sts_token: word,
  ram_role_arn: word,
  ram_session_name: word,
  expired_seconds: z.number().optional(),
  sts_region: word,
  sts_endpoint: word,
  external_id: word,
  enable_vpc: z.boolean().optional(),
  ram_role_name: word,
  oidc_provider_arn: word,
  oidc_token_file: word,
  source_profile: word,
  process_command: word,
  credentials_uri: word,
})
export type CliProfile = z.infer<typeof CliProfile>

const CliConfigFile = z.looseObject({ current: word, profiles: z.array(CliProfile).nullish() })

export interface CliConfig {
  /** Where it was read, for messages. */
  readonly path: string
  /** The profile that is meant when none is named. */
  readonly current: string
  readonly profiles: readonly CliProfile[]
}

/** @throws CredentialsError for what aliyun-cli does not write; it says where, and nothing of what stands there */
export function parseCliConfig(text: string, path: string): CliConfig {
  const hint = 'Repair it, or write it anew with aliyun configure.'
  const checked = CliConfigFile.safeParse(parseJson(text.replace(/^\uFEFF/, ''), path, hint))
  if (checked.success) {
    const { current, profiles } = checked.data
    return { path, current: current === undefined || current === '' ? 'default' : current, profiles: profiles ?? [] }
  }
  const [issue] = checked.error.issues
  const where = issue === undefined || issue.path.length === 0 ? 'its root' : issue.path.join('.')
  throw new CredentialsError(`${path} is not of the form that aliyun-cli writes (at ${where}).`, hint)
}

function parseJson(text: string, path: string, hint: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? []
    const line = position === undefined ? '' : ` (line ${text.slice(0, Number(position)).split('\n').length})`
    throw new CredentialsError(`${path} is no JSON${line}.`, hint)
  }
}
