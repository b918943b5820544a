import { InputError } from '../errors/input-error.js'
import { exactOf, type ExactInteger } from '../schemas/exact-integer.js'

const powers = ['k', 'm', 'g', 't', 'p', 'e']
const form = /^(\d{1,30})(?:\.(\d{1,9}))?\s*(?:([kmgtpe])(i)?)?b?$/i

/**
 * A number of bytes as people write it: `1048576`, `1.5MB` (10^6), `10GiB` (2^30). Exact; a part of a byte is left off.
 * @throws InputError for another form. `10G` is one: it means 10^9 to some and 2^30 to others
 */
export function parseByteSize(text: ExactInteger, field = 'size'): ExactInteger {
  const trimmed = String(text).trim()
  const [, whole, fraction = '', power, binary] = form.exec(trimmed) ?? []
  if (whole === undefined || (power !== undefined && !/b$/i.test(trimmed))) {
    throw new InputError(`${field} is ${JSON.stringify(text)}, which is no size.`, { field, hint: 'Write it as 1048576, 1.5MB or 10GiB.' })
  }
  const base = binary === undefined ? 1000n : 1024n
  const unit = power === undefined ? 1n : base ** BigInt(powers.indexOf(power.toLowerCase()) + 1)
  return exactOf((BigInt(whole + fraction) * unit) / 10n ** BigInt(fraction.length))
}
