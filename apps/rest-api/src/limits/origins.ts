import { InputError } from '@backset/core'
import { list, type Kind } from '@backset/settings'

/** Origins as a browser writes them, `https://grafana.example.com`, or `*`. */
export const origins: Kind<readonly string[]> = {
  form: 'list',
  takes: 'ORIGIN',
  read: (input, source) =>
    list('ORIGIN')
      .read(input, source)
      .map((text) => {
        if (text === '*') return text
        const url = URL.canParse(text) ? new URL(text) : undefined
        const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` && !text.includes('?')
        if (url !== undefined && isOrigin) return url.origin
        throw new InputError(`${source} has ${JSON.stringify(text.slice(0, 80))}, which is no origin.`, {
          field: source,
          hint: 'Write scheme, host and port alone, as https://grafana.example.com, or * for any.',
        })
      }),
}
