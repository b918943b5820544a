import { compileFilter, InputError, type FilterMoment } from '@backset/core'
import type { Args } from '@backset/settings'
import type { filterOptions } from './filters.js'

/**
 * The flags as the filter that all adapters share.
 * @throws InputError in the words of the command line
 */
export function readFilter(args: Omit<Args<typeof filterOptions>, 'words'>, moment: FilterMoment): ReturnType<typeof compileFilter> {
  const {
    status,
    since,
    until,
    way,
    name,
    'db-type': dbType,
    'job-type': jobType,
    'data-format': dataFormat,
    'min-size': minSize,
    'max-size': maxSize,
  } = args
  const given = { status, since, until, dbType, way, jobType, dataFormat, name, minSize, maxSize }
  try {
    return compileFilter(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), moment)
  } catch (error) {
    throw error instanceof InputError ? inFlags(error) : error
  }
}

const flagOf = (field: string): string => `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const bounds = (text: string): string => text.replaceAll(/\b(?:since|until|minSize|maxSize)\b/g, flagOf)

/** `minSize is "10G"` as `--min-size is "10G"`. What a person wrote stands behind the name of the field, or nowhere. */
function inFlags({ message, hint, field }: InputError): InputError {
  const named = /^The filter's (\w+) cannot be used: (?:\1 )?/
  return named.test(message)
    ? new InputError(
        message.replace(named, (_, name: string) => `${flagOf(name)} `),
        { field, hint },
      )
    : new InputError(bounds(message), { field, hint: hint === undefined ? undefined : bounds(hint) })
}
