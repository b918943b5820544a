import { InputError, nearestName } from '@backset/core'
import { allAtOnce } from '@backset/formats'
import { loadCommands, type Commands } from '@backset/settings'
import { readCliSettings } from '../cli-settings.js'
import type { Command, Context } from '../command.js'
import type { PolicyArgs } from '../commands/policy.js'
import { openPrinter } from '../output/print-rows.js'

/** `backset policy` */
export async function printPolicy(args: PolicyArgs, commands: Commands<Context>, context: Context): Promise<number> {
  const { values: settings } = await readCliSettings(args, context)
  const { signal } = context
  const actions = await actionsOf(args.words, commands)
  const session = { format: settings.output === 'yaml' ? 'yaml' : 'json', settings, signal } as const
  await using printer = await openPrinter({ kind: undefined, args, session, context, single: true })
  await printer.print(allAtOnce([policyFor(actions)]))
  return 0
}

/**
 * The vendor's pages name all resources for these actions, and no condition (January to March 2026). One sibling, ModifyBackupSetDownloadRules, is granted
 * by plan since June 2026; a policy for `*` stays good when others follow.
 */
const policyFor = (actions: readonly string[]) => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: actions.map((action) => `dbs:${action}`), Resource: '*' }],
})

async function actionsOf(words: readonly string[], commands: Commands<Context>): Promise<readonly string[]> {
  const loaded = await loadCommands(commands)
  const names = [...loaded.keys()]
  const actions = new Set<string>()
  for (const name of words.length === 0 ? names : namesIn(words, names)) {
    const command = loaded.get(name)
    // Every command of ours says which actions it calls: see `Command` in command.ts.
    for (const action of command === undefined ? [name] : (command as Command).actions) actions.add(action)
  }
  if (actions.size > 0) return [...actions].toSorted()
  throw new InputError(`${words.join(' ')} needs no permission: it calls no action by itself.`, {
    hint: 'For backset call name the action: backset policy DescribeBackupGatewayList.',
  })
}

/** Commands by their whole names, and actions: `create full list DescribeRegions`. The name of a group stands for all in it. */
function* namesIn(words: readonly string[], names: readonly string[]): Generator<string> {
  // `'create full'` is one command too, and actions are also given as a policy writes them.
  const given = words.flatMap((word) => word.split(' ')).map((word) => word.replace(/^dbs:/, ''))
  for (let at = 0; at < given.length; at++) {
    const word = given[at] ?? ''
    const pair = `${word} ${given[at + 1]}`
    const inGroup = names.filter((name) => name.startsWith(`${word} `))
    if (names.includes(pair)) {
      yield pair
      at++
    } else if (names.includes(word) || /^[A-Z][A-Za-z]+$/.test(word)) yield word
    else if (inGroup.length > 0) yield* inGroup
    else throw noCommand(word, names)
  }
}

function noCommand(word: string, names: readonly string[]): InputError {
  const nearest = nearestName(word, names)
  return new InputError(`There is no command ${JSON.stringify(word)}.`, {
    hint: nearest === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}
