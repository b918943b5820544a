import { ConnectionError, proxyFor } from '@backset/core'
import { defineCheck } from './check.js'
import { connectTo } from '../network/connect.js'

/** Which proxy the variables name for this host, and whether it can be reached. */
export const proxyCheck = defineCheck({
  name: 'proxy',
  needs: ['region-host'],
  isOneAttempt: true,
  async run({ 'region-host': { url } }, { env, signal }) {
    const proxy = proxyFor(env, url)
    if (proxy === undefined) {
      const named = ['HTTPS_PROXY', 'HTTP_PROXY'].filter((name) => (env[name] ?? env[name.toLowerCase()] ?? '') !== '')
      const why = named.length === 0 ? 'neither HTTPS_PROXY nor HTTP_PROXY is set' : `${named.join(' and ')} is set, but not for this host`
      return { result: 'ok', detail: `no proxy: ${why}`, fact: 'straight' }
    }
    const { host, variable } = proxy
    try {
      ;(await connectTo(new URL(proxy.url), signal)).destroy()
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
      throw new ConnectionError(url.host, error.reason, { proxy: { host, variable } })
    }
    return { result: 'ok', detail: `${variable} leads through ${host}, which can be reached`, fact: proxy }
  },
})
