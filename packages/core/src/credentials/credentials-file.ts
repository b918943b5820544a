import { CredentialsError } from '../errors/credentials-error.js'
import type { KeySource } from './source.js'

type Section = ReadonlyMap<string, string>

/** The sections of the vendor's ini file, `~/.alibabacloud/credentials`, as the vendor's parser reads it: `key = value`, comments behind # or ;. */
export function parseCredentialsFile(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const trimmed = line.trim()
    const [, name] = /^\[([^\]]+)\]$/.exec(trimmed) ?? []
    const [, key, value] = /^([^=#;][^=]*)=(.*)$/.exec(trimmed) ?? []
    if (name !== undefined) sections.set(name.trim(), (current = new Map()))
    else if (key !== undefined && value !== undefined) current?.set(key.trim(), valueOf(value.trim()))
  }
  return sections
}

const valueOf = (text: string): string => /^(["'])(.*?)\1\s*(?:[#;].*)?$/.exec(text)?.[2] ?? text.replace(/\s*[#;].*$/, '')

/**
 * The source that a section stands for; undefined when there is none of that name.
 * @param path for messages
 * @throws CredentialsError for a type that is not one of the vendor's three, or a missing key
 */
export function sourceOfSection(sections: ReadonlyMap<string, Section>, path: string, name: string): KeySource | undefined {
  const section = sections.get(name)
  if (section === undefined) return undefined
  const type = section.get('type') ?? 'access_key'
  const label = `section ${name} of the credentials file (${type})`
  const called = `Section ${JSON.stringify(name)} in ${path}`
  const need = (key: string): string => {
    const value = section.get(key)
    if (value !== undefined && value !== '') return value
    throw new CredentialsError(`${called} has no ${key}, which the type ${type} needs.`, `Add a line ${key} = … to it.`)
  }
  const keys = (): KeySource => {
    const [accessKeyId, accessKeySecret] = [need('access_key_id'), need('access_key_secret')]
    return { kind: 'static', label, keys: { accessKeyId, accessKeySecret } }
  }
  if (type === 'access_key') return keys()
  if (type === 'ecs_ram_role') return { kind: 'ecs', label, roleName: section.get('role_name') || undefined }
  if (type === 'ram_role_arn') {
    const options = { roleArn: need('role_arn'), roleSessionName: section.get('role_session_name'), policy: section.get('policy') }
    return { kind: 'role', label, from: keys(), options }
  }
  throw new CredentialsError(
    `${called} has the type ${JSON.stringify(type)}, which is none of the vendor’s.`,
    'Take access_key, ecs_ram_role or ram_role_arn.',
  )
}
