import { writeSync } from 'node:fs'
import type { Attendant, Terminal } from './terminal.js'

/** A size that a variable gives, as COLUMNS and LINES do (POSIX, Environment Variables), or the one that is; a terminal that nobody told its size says 0. */
export const sizeIn = (variable: string | undefined, actual: number, usual: number): number =>
  /^[1-9]\d{0,4}$/.test(variable ?? '') ? Number(variable) : actual > 0 ? actual : usual

export const usualSize = { columns: 80, rows: 24 } as const

/** The terminal that stdout is. */
export function processTerminal(process: NodeJS.Process): Terminal {
  const { env, stdout } = process
  return {
    size: () => ({
      columns: sizeIn(env['COLUMNS'], stdout.columns, usualSize.columns),
      rows: sizeIn(env['LINES'], stdout.rows, usualSize.rows),
    }),
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
