import type { Check } from './check.js'
import { clockCheck } from './clock.js'
import { credentialsCheck } from './credentials.js'
import { dnsCheck } from './dns.js'
import { pageBaseCheck } from './page-base.js'
import { permissionCheck } from './permission.js'
import { proxyCheck } from './proxy.js'
import { regionHostCheck } from './region-host.js'
import { settingsCheck } from './settings.js'
import { tlsCheck } from './tls.js'

/** Every check, in the order in which one builds on another. */
export const checks: readonly Check[] = [
  settingsCheck,
  credentialsCheck,
  regionHostCheck,
  proxyCheck,
  dnsCheck,
  tlsCheck,
  clockCheck,
  permissionCheck,
  pageBaseCheck,
]
