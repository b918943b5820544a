import { InputError } from '@backset/core'

/**
 * Where a webhook goes. Messages do not quote it: its path may be a secret.
 * @throws InputError for what is no address, holds a user, or is plain http beyond loopback
 */
export function webhookAddress({ url, allowHttp }: { readonly url: string; readonly allowHttp: boolean }): URL {
  const field = 'url'
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !/^https?:$/.test(address.protocol))
    throw new InputError('the url of a webhook is no address.', { field, hint: 'Write it as https://host/path.' })
  if (address.username !== '' || address.password !== '')
    throw new InputError('the url of a webhook holds a user.', { field, hint: 'Give a secret, with which each notice is signed.' })
  if (address.protocol === 'http:' && !isLoopback(address.hostname) && !allowHttp)
    throw new InputError('the url of a webhook is plain http: whoever stands between could read and change what is sent.', {
      field,
      hint: 'Use https, or say allowHttp: true if you must.',
    })
  return address
}

const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
