import type { Context } from '../command.js'

/** https://no-color.org, and the habit of FORCE_COLOR, which goes before it and also holds in a pipe; 0 turns it off. */
export function wantsColor(env: Context['env'], isTTY: boolean): boolean {
  const forced = env['FORCE_COLOR'] ?? ''
  if (forced !== '') return forced !== '0' && forced !== 'false'
  return isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}
