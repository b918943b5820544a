import { writeSync } from 'node:fs'
import type { Attendant, Terminal } from './terminal.js'

/** A size that a variable gives, as COLUMNS and LINES do (POSIX, Environment Variables), or else the one that is. */
export const sizeIn = (variable: string | undefined, actual: number): number =>
  /^[1-9]\d{0,4}$/.test(variable ?? '') ? Number(variable) : actual

/** The terminal that stdout is. */
export function processTerminal(process: NodeJS.Process): Terminal {
  const { env, stdout } = process
  return {
    size: () => ({ columns: sizeIn(env['COLUMNS'], stdout.columns), rows: sizeIn(env['LINES'], stdout.rows) }),
    attend({ onResize, onStop, onContinue, atExit }: Attendant) {
      // SIGSTOP in the place of the SIGTSTP that was caught: nobody can listen for it, so it needs no care.
      const stop = (): void => void onStop().finally(() => process.kill(process.pid, 'SIGSTOP'))
      const goOn = (): void => {
        process.emit('SIGWINCH') // nobody in the background is told of a new size; stdout looks for one then
        onContinue()
      }
      const leave = (): void => {
        try {
          writeSync(1, atExit)
        } catch {
          // It has hung up.
        }
      }
      stdout.on('resize', onResize)
      process.on('SIGTSTP', stop)
      process.on('SIGCONT', goOn)
      process.on('exit', leave)
      return {
        [Symbol.dispose]() {
          stdout.off('resize', onResize)
          process.off('SIGTSTP', stop)
          process.off('SIGCONT', goOn)
          process.off('exit', leave)
        },
      }
    },
  }
}
