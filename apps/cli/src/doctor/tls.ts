import { defineCheck } from './check.js'
import { openWay } from '../network/connect.js'
import { secured } from '../network/head-of.js'

const dayMs = 86_400_000

/** Whether the host proves who it is. */
export const tlsCheck = defineCheck({
  name: 'tls',
  needs: ['region-host', 'proxy', 'dns'],
  isOneAttempt: true,
  async run({ 'region-host': { url }, proxy }, { clock, signal }) {
    if (url.protocol === 'http:') {
      if (proxy === 'straight' && isLoopback.test(url.hostname))
        return { result: 'skipped', detail: 'Plain http to this machine needs none.', fact: 'trusted' }
      return {
        result: 'warning',
        detail: 'plain http: whoever stands between can read and change what is sent',
        hint: 'Give --endpoint with https://, without --allow-http.',
        fact: 'trusted',
      }
    }
    const socket = await secured(await openWay(url, proxy, signal), url, signal)
    const [protocol, until] = [socket.getProtocol() ?? 'TLS', Date.parse(socket.getPeerCertificate().valid_to)]
    socket.destroy()
    const days = Math.floor((until - clock.now()) / dayMs)
    const detail = `${protocol}; the certificate is trusted and good for ${days} days`
    if (days >= 7) return { result: 'ok', detail, fact: 'trusted' }
    return { result: 'warning', detail, hint: 'When it is of a proxy or gateway of yours, renew it soon.', fact: 'trusted' }
  },
})

const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i
