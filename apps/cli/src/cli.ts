import { startDeadline, TimedOutError } from '@backset/core'
import { runCommand } from '@backset/settings'
import type { Context } from './command.js'
import { commands } from './commands/index.js'
import { generalHelp } from './help.js'
import { printFailure, wantsJsonErrors } from './output/failure.js'
import { ReaderGone, type Sink } from './output/sink.js'

/** How long somebody who reads stderr is waited for at the end, ms. */
const patienceMs = 1000

/** The command line as a function: words in, exit code out. Everything it touches comes with `context`. */
export function createCli(context: Context): (argv: readonly string[]) => Promise<number> {
  const { version, stdout } = context
  const line = { program: 'backset', version, commands, help: generalHelp, print: stdout.write }
  return async (argv) => {
    try {
      return await runCommand(argv, line, context)
    } catch (error) {
      if (error instanceof ReaderGone) return 0
      using patience = startDeadline(context.clock, patienceMs, () => new TimedOutError(patienceMs))
      const stderr: Sink = { ...context.stderr, write: (text) => context.stderr.write(text, patience) }
      return await printFailure(error, stderr, wantsJsonErrors(argv, context.env))
    }
  }
}
