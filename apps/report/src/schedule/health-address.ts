import { InputError } from '@backset/core'

/**
 * Where `--health` listens: `PORT` on loopback, or `HOST:PORT`, as `0.0.0.0:9090` or `[::]:9090` for probes from other machines.
 * @throws InputError for another form
 */
export function healthAddress(text: string): { readonly host: string; readonly port: number } {
  const [, host, digits] = /^(?:(\[[\da-f:]+\]|[\w.-]+):)?(\d{1,5})$/i.exec(text.trim()) ?? []
  const port = Number(digits)
  if (digits === undefined || port > 65_535)
    throw new InputError(`health is ${JSON.stringify(text)}, which is no port.`, {
      field: 'health',
      hint: 'Write it as 9090 or 0.0.0.0:9090.',
    })
  return { host: host?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port }
}
