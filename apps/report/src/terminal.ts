import type { Context } from './command.js'

/** How a table is shown where a terminal reads; undefined in a pipe. */
export const terminalOf = ({ stdout, env }: Pick<Context, 'stdout' | 'env'>) =>
  stdout.isTTY ? { width: stdout.columns, color: (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb' } : undefined
