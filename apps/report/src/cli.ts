import { terminalLines } from '@backset/formats'
import { failureText, runCommand } from '@backset/settings'
import type { Context } from './command.js'
import { commands } from './commands/index.js'
import { generalHelp } from './help.js'

/** The command line as a function: words in, exit code out. Everything it touches comes with `context`. */
export function createCli(context: Context): (argv: readonly string[]) => Promise<number> {
  const { version, stdout, stderr } = context
  const line = { program: 'backset-report', version, commands, help: generalHelp, print: stdout.write }
  return async (argv) => {
    try {
      return await runCommand(argv, line, context)
    } catch (error) {
      const { text, exitCode } = failureText(error, { program: line.program, asJson: wantsJson(argv) })
      await stderr.write(terminalLines(text)) // it may quote what is meant for the terminal rather than for its reader
      return exitCode
    }
  }
}

/** Read from the bare words, since a command line that cannot be parsed has errors too. */
const wantsJson = (argv: readonly string[]): boolean => /(?:^|\s)(?:-o=?\s?|--output[= ])json(?:\s|$)/.test(argv.join(' '))
