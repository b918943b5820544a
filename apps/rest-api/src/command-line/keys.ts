import { InputError, nearestName, type Clock } from '@backset/core'
import { terminalCell } from '@backset/formats'
import { readSettings } from '@backset/settings'
import { scopes } from '../auth/caller.js'
import { addKey, listKeys, revokeKey, type ListedKey } from '../auth/keys-commands.js'
import { apiSettings } from '../settings.js'
import { flagsOf, readFlags, type Flags } from './flags.js'
import { keysHelp } from './help.js'

const keysSettings = { keys: apiSettings.keys } as const

export const keysFlags = {
  ...flagsOf(keysSettings),
  scope: { form: 'list', takes: 'SCOPE', summary: `add: what the key may do: ${scopes.join(', ')}`, fallback: 'tasks:read' },
  plan: { form: 'list', takes: 'ID', summary: 'add: a plan it is bounded to', fallback: 'all' },
  expires: { form: 'text', takes: 'DURATION', summary: 'add: how long it opens, as 90d', fallback: 'for ever' },
  output: { form: 'text', takes: 'text|json', short: 'o', summary: 'How the result is printed', fallback: 'text on a terminal, else json' },
} as const satisfies Flags

export interface KeysWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly isTerminal: boolean
}

const hint = 'See backset-api keys --help.'
const words = { add: 'NAME', list: '', revoke: 'NAME|ID' } as const

/**
 * `backset-api keys …`
 * @returns what is printed
 * @throws InputError, SettingsError or DbsError, and then nothing was changed
 */
export async function runKeys(argv: readonly string[], { env, clock, isTerminal }: KeysWorld): Promise<string> {
  const { flags, words: said } = readFlags(argv, keysFlags, hint)
  const [action, subject, ...more] = said
  if (action === undefined) return keysHelp(keysFlags)
  const { values } = readSettings(keysSettings, { flags, env, otherVariables: Object.keys(env) })
  const file = values.keys
  const asJson = isJson(flags['output'], isTerminal)
  if (!Object.hasOwn(words, action)) throw unknownAction(action)
  const needed = words[action as keyof typeof words]
  if (needed !== '' && (subject === undefined || subject === '')) throw new InputError(`keys ${action} needs ${needed}.`, { hint })
  const excess = needed === '' ? subject : more[0]
  if (excess !== undefined) throw new InputError(`keys ${action} does not take ${JSON.stringify(excess)}.`, { hint })
  refuseStray(action, flags)
  if (file === undefined) throw new InputError('No keys file is named.', { field: 'keys', hint: 'Give --keys FILE, or set BACKSET_KEYS.' })
  if (action === 'list') {
    const keys = listKeys(file, { clock })
    return asJson ? json(keys) : listText(keys)
  }
  if (action === 'revoke') {
    const revoked = await revokeKey(file, subject ?? '', { clock })
    return asJson ? json(revoked) : `The key ${shown(revoked.name)} (${revoked.id}) is revoked.\n`
  }
  const options = { name: subject ?? '', scopes: listOf(flags['scope']), plans: listOf(flags['plan']), expires: textOf(flags['expires']) }
  const added = await addKey(file, options, { clock })
  return asJson ? json(added) : `The key ${shown(added.name)} (${added.id}), shown this once:\n\n  ${added.key}\n\n`
}

type Value = string | boolean | readonly string[] | undefined

const json = (value: unknown): string => `${JSON.stringify(value)}\n`
const textOf = (value: Value): string | undefined => (typeof value === 'string' ? value : undefined)
const listOf = (value: Value): readonly string[] | undefined =>
  Array.isArray(value) ? value.flatMap((text: string) => text.split(',')).map((text) => text.trim()) : undefined

function isJson(output: Value, isTerminal: boolean): boolean {
  if (output === undefined) return !isTerminal
  if (output === 'json' || output === 'text') return output === 'json'
  throw new InputError(`--output is ${JSON.stringify(output)}, but takes text or json.`, { field: 'output', hint })
}

function unknownAction(action: string): InputError {
  const nearest = nearestName(action, Object.keys(words))
  return new InputError(`There is no command keys ${JSON.stringify(action)}.`, {
    hint: `${nearest === undefined ? '' : `Did you mean backset-api keys ${nearest}? `}${hint}`,
  })
}

/** A scope that is named where it means nothing was meant for something. */
function refuseStray(action: string, flags: Readonly<Record<string, Value>>): void {
  const stray = action === 'add' ? undefined : ['scope', 'plan', 'expires'].find((name) => flags[name] !== undefined)
  if (stray !== undefined) throw new InputError(`--${stray} goes with keys add alone.`, { field: stray, hint })
}

const shown = (text: string): string => terminalCell(text)

function listText(keys: readonly ListedKey[]): string {
  if (keys.length === 0) return 'There are no keys.\n'
  const heads = ['NAME', 'ID', 'STATE', 'SCOPES', 'PLANS', 'CREATED', 'EXPIRES']
  const rows = keys.map(({ name, id, state, scopes: granted, plans, created, expires }) =>
    [name, id, state, granted.join(','), plans?.join(',') ?? 'all', created.slice(0, 10), expires?.slice(0, 10) ?? 'never'].map(shown),
  )
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  return `${[heads, ...rows].map(line).join('\n')}\n`
}
