import { InputError } from '../errors/input-error.js'

const form = /^(\d{1,15})(?:\.(\d{1,6}))?\s*(?:([kmgtp])(i)?)?b?$/i
const powers: Readonly<Record<string, bigint>> = { k: 1n, m: 2n, g: 3n, t: 4n, p: 5n }

/**
 * A size as people write it, in bytes: `10GiB` (1024), `500MB` (1000), `1.5g`, or plain bytes. Exact, whatever its length.
 * @throws InputError when it is none
 */
export function parseByteSize(size: string | number, field = 'size'): bigint {
  const [, whole, fraction = '', unit, binary] = form.exec(String(size).trim()) ?? []
  if (whole === undefined || (unit === undefined && fraction !== '')) {
    throw new InputError(`${field} is ${JSON.stringify(size)}, which is no size.`, {
      field,
      hint: 'Write it as 10GiB, 500MB or a number of bytes.',
    })
  }
  const scale = (binary === undefined ? 1000n : 1024n) ** (unit === undefined ? 0n : (powers[unit.toLowerCase()] ?? 0n))
  return BigInt(whole) * scale + (BigInt(fraction.padEnd(6, '0')) * scale) / 1_000_000n
}
