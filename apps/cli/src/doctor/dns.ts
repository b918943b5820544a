import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connectionErrorOf, unlessAborted } from '@backset/core'
import { defineCheck } from './check.js'
import { bareHost } from '../network/connect.js'

/** Whether the host's name leads to an address. */
export const dnsCheck = defineCheck({
  name: 'dns',
  needs: ['region-host', 'proxy'],
  isOneAttempt: true,
  async run({ 'region-host': { url }, proxy }, { clock, signal }) {
    if (proxy !== 'straight') return { result: 'skipped', detail: `The proxy ${proxy.host} looks up names.`, fact: 'found' }
    const host = bareHost(url)
    if (isIP(host) !== 0) return { result: 'ok', detail: `${host} is an address already`, fact: 'found' }
    const startedAt = clock.monotonic()
    const found = await unlessAborted(lookup(host, { all: true }), signal).catch((error: unknown) => {
      throw signal.aborted ? error : connectionErrorOf(host, error)
    })
    const addresses = [...new Set(found.map(({ address }) => address))]
    const detail = `${host} is ${addresses.slice(0, 3).join(', ')}${addresses.length > 3 ? ', …' : ''}`
    const ms = Math.round(clock.monotonic() - startedAt)
    if (ms < slowMs) return { result: 'ok', detail, fact: 'found' }
    return {
      result: 'warning',
      detail: `${detail}; it took ${ms} ms`,
      hint: 'Each new connection may wait so long: look at the resolver of this machine.',
      fact: 'found',
    }
  },
})

const slowMs = 2000
