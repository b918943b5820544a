import { InputError, type Clock } from '@backset/core'
import { terminalCell } from '@backset/formats'
import { readSettings, settingOptions, type Args, type Command, type Commands, type Options } from '@backset/settings'
import { scopes } from '../auth/caller.js'
import { addKey, listKeys, revokeKey, type ListedKey } from '../auth/keys-commands.js'
import { ownSettings } from '../settings.js'

/** What the commands for keys touch. */
export interface KeysWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean
  readonly print: (text: string) => void
}

const keysSettings = { keys: ownSettings.keys } as const

const sharedOptions = {
  ...settingOptions(keysSettings, 'Flags'),
  output: {
    kind: 'text',
    short: 'o',
    choices: ['text', 'json'],
    fallback: 'text on a terminal, else json',
    summary: 'How the result is printed',
  },
} as const satisfies Options

type SharedArgs = Args<typeof sharedOptions>

const defineKeysCommand = <const Flags extends typeof sharedOptions & Options>(command: Command<KeysWorld, Flags>) => command

const add = defineKeysCommand({
  summary: 'Make a key, and print it this once',
  usage: 'NAME',
  words: { min: 1, max: 1 },
  examples: ['backset-api keys add grafana --scope metrics:read --keys keys.json'],
  options: {
    ...sharedOptions,
    scope: {
      kind: 'list',
      placeholder: 'SCOPE',
      summary: `What the key may do: ${scopes.join(', ')}`,
      fallback: 'tasks:read',
      suggestions: scopes,
    },
    plan: { kind: 'list', placeholder: 'ID', summary: 'A plan it is bounded to', fallback: 'all' },
    expires: { kind: 'text', placeholder: 'DURATION', summary: 'How long it opens, as 90d', fallback: 'for ever' },
  },
  async run(args, world) {
    const { scope, plan, expires, words } = args
    const options = { name: words[0] ?? '', scopes: scope, plans: plan, expires }
    const added = await addKey(keysFile(args, world), options, world)
    return tell(args, world, added, () => `The key ${terminalCell(added.name)} (${added.id}), shown this once:\n\n  ${added.key}\n\n`)
  },
})

const list = defineKeysCommand({
  summary: 'Show all keys, without what opens',
  examples: ['backset-api keys list --keys keys.json'],
  options: sharedOptions,
  async run(args, world) {
    const keys = listKeys(keysFile(args, world), world)
    return tell(args, world, keys, () => listText(keys))
  },
})

const revoke = defineKeysCommand({
  summary: 'Make a key open nothing any more',
  usage: 'NAME|ID',
  words: { min: 1, max: 1 },
  examples: ['backset-api keys revoke grafana --keys keys.json'],
  options: sharedOptions,
  async run(args, world) {
    const revoked = await revokeKey(keysFile(args, world), args.words[0] ?? '', world)
    return tell(args, world, revoked, () => `The key ${terminalCell(revoked.name)} (${revoked.id}) is revoked.\n`)
  },
})

/** The commands for keys, by name. */
export const keyCommands: Commands<KeysWorld> = {
  add: { summary: add.summary, load: async () => add },
  list: { summary: list.summary, load: async () => list },
  revoke: { summary: revoke.summary, load: async () => revoke },
}

/** @throws SettingsError or InputError where no file is named */
function keysFile(args: SharedArgs, { env }: KeysWorld): string {
  const { keys } = readSettings(keysSettings, { flags: args, env }).values
  if (keys === undefined) throw new InputError('No keys file is named.', { field: 'keys', hint: 'Give --keys FILE, or set BACKSET_KEYS.' })
  return keys
}

function tell({ output }: SharedArgs, { isTerminal, print }: KeysWorld, result: unknown, asText: () => string): number {
  print((output ?? (isTerminal ? 'text' : 'json')) === 'json' ? `${JSON.stringify(result)}\n` : asText())
  return 0
}

function listText(keys: readonly ListedKey[]): string {
  if (keys.length === 0) return 'There are no keys.\n'
  const heads = ['NAME', 'ID', 'STATE', 'SCOPES', 'PLANS', 'CREATED', 'EXPIRES']
  const rows = keys.map(({ name, id, state, scopes: granted, plans, created, expires }) =>
    [name, id, state, granted.join(','), plans?.join(',') ?? 'all', created.slice(0, 10), expires?.slice(0, 10) ?? 'never'].map((cell) =>
      terminalCell(cell),
    ),
  )
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  return [heads, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
