import { CredentialsError } from '../errors/credentials-error.js'
import type { KeySource } from './source.js'

type Section = ReadonlyMap<string, string>

/** The vendor's ini file, `~/.alibabacloud/credentials`: sections of `key = value`, comments behind # or ;. */
function sections(text: string): ReadonlyMap<string, Section> {
  const found = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim()
    const [, name] = /^\[([^\]]+)\]$/.exec(trimmed) ?? []
    if (name !== undefined) {
      current = new Map()
      found.set(name.trim(), current)
    } else if (!/^[#;]/.test(trimmed) && trimmed.includes('=')) {
      const at = trimmed.indexOf('=')
      current?.set(trimmed.slice(0, at).trim(), trimmed.slice(at + 1).trim())
    }
  }
  return found
}

/**
 * The source that a section stands for; undefined when there is none of that name.
 * @param path for messages
 * @throws CredentialsError for a type that is not one of the vendor's three, or a missing key
 */
export function sourceInCredentialsFile(text: string, path: string, name: string): KeySource | undefined {
  const section = sections(text).get(name)
  if (section === undefined) return undefined
  const type = section.get('type') ?? 'access_key'
  const label = `section ${name} of the credentials file (${type})`
  const need = (key: string): string => {
    const value = section.get(key)
    if (value !== undefined && value !== '') return value
    throw new CredentialsError(`Section ${JSON.stringify(name)} in ${path} has no ${key}, which the type ${type} needs.`, 'Add it.')
  }
  const keys = (): KeySource => ({
    kind: 'static',
    label,
    keys: { accessKeyId: need('access_key_id'), accessKeySecret: need('access_key_secret') },
  })
  if (type === 'access_key') return keys()
  if (type === 'ecs_ram_role') return { kind: 'ecs', label, roleName: section.get('role_name'), disableIMDSv1: false }
  if (type === 'ram_role_arn') {
    return {
      kind: 'role',
      label,
      from: keys(),
      options: { roleArn: need('role_arn'), roleSessionName: section.get('role_session_name') ?? 'backset', policy: section.get('policy') },
    }
  }
  throw new CredentialsError(
    `Section ${JSON.stringify(name)} in ${path} has the type ${JSON.stringify(type)}, which is none of the vendor’s.`,
    'Take access_key, ecs_ram_role or ram_role_arn.',
  )
}
