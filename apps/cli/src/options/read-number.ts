import { InputError } from '@backset/core'

/** A whole number a flag was given. @throws InputError */
export function wholeNumber(text: string | undefined, flag: string, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (/^-?\d{1,16}$/.test(text.trim()) && number >= min && number <= max) return number
  throw new InputError(
    `--${flag} is ${JSON.stringify(text)}, but takes a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}.`,
    { field: flag },
  )
}
