import { InputError } from '@backset/core'
import { loadCommands } from '@backset/settings'
import { defineCommand, type Command } from '../command.js'
import { bashCompletion } from '../completion/bash.js'
import { fishCompletion } from '../completion/fish.js'
import { powershellCompletion } from '../completion/powershell.js'
import { completionWords } from '../completion/words.js'
import { zshCompletion } from '../completion/zsh.js'
import { commands } from './index.js'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion, powershell: powershellCompletion } as const

/** The actions that other commands call: those whose parameters are known. */
async function knownActions(): Promise<readonly string[]> {
  const loaded = (await loadCommands(commands)) as ReadonlyMap<string, Command>
  return [...new Set([...loaded.values()].flatMap(({ actions }) => actions))].toSorted()
}

export default defineCommand({
  summary: 'Print a completion script for your shell',
  usage: Object.keys(shells).join('|'),
  words: { min: 1, max: 1 },
  examples: [
    'source <(backset completion bash)',
    'backset completion zsh > "${fpath[1]}/_backset"',
    'backset completion fish > ~/.config/fish/completions/backset.fish',
  ],
  actions: [],
  options: {},
  async run({ words: [shell = ''] }, { stdout }) {
    if (!Object.hasOwn(shells, shell)) {
      throw new InputError(`There is no completion for ${JSON.stringify(shell)}.`, {
        hint: `Take one of ${Object.keys(shells).join(', ')}.`,
      })
    }
    const words = await completionWords(commands, {
      completion: Object.keys(shells),
      policy: Object.keys(commands),
      call: await knownActions(),
    })
    await stdout.write(shells[shell as keyof typeof shells](words))
    return 0
  },
})
