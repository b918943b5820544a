import { InputError } from '@backset/core'

/** @throws InputError for flags that ask something of DBS beside a saved export, which answers nothing */
export function refuseWithFrom(args: Readonly<Record<string, unknown>>, flags: readonly string[]): void {
  const given = flags.filter((flag) => args[flag] !== undefined)
  if (given.length === 0) return
  throw new InputError(`--from reads a saved export; it does not go with ${given.map((flag) => `--${flag}`).join(', ')}.`, {
    field: 'from',
    hint: 'Leave one of them out.',
  })
}
