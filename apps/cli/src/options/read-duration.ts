import { duration } from '@backset/settings'

/** A span of time above zero that a flag was given, in milliseconds. @throws InputError */
export const readDuration = (text: string | undefined, flag: string): number | undefined =>
  text === undefined ? undefined : duration.read(text, `--${flag}`)
