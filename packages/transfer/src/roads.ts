import { Agent, type Dispatcher } from 'undici'
import { guardedLookup, type Permissions } from './link-guard.js'
import type { Network } from './link-source.js'
import type { Road } from './range-request.js'

export interface RoadOptions {
  readonly network: Network | 'auto'
  readonly allowHttp: boolean
  readonly endpointIsLoopback: boolean
  readonly silenceMs: number
  /** Instead of own connections: then names are resolved by what it leads to, and only addresses in links are judged here. */
  readonly dispatcher: Dispatcher | undefined
}

/** The ways to either network, each with its own guard; opened when first used. */
export class Roads implements AsyncDisposable {
  readonly #options: RoadOptions
  readonly #open = new Map<Network, Road>()

  constructor(options: RoadOptions) {
    this.#options = options
  }

  to(network: Network): Road {
    const known = this.#open.get(network)
    if (known !== undefined) return known
    const { allowHttp, endpointIsLoopback, silenceMs, dispatcher } = this.#options
    const permissions: Permissions = { privateAddresses: network === 'intranet', loopback: endpointIsLoopback, http: allowHttp }
    // Outside the provider's network its inner addresses swallow what is sent: no long wait where there is another road.
    const timeout = network === 'intranet' && this.#options.network === 'auto' ? 2000 : 10_000
    const road: Road = {
      permissions,
      dispatcher:
        dispatcher ??
        new Agent({
          pipelining: 1,
          headersTimeout: silenceMs,
          bodyTimeout: silenceMs,
          // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some shell profile does not open the way to whoever stands between.
          connect: { rejectUnauthorized: true, timeout, lookup: guardedLookup(permissions) },
        }),
    }
    this.#open.set(network, road)
    return road
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#options.dispatcher !== undefined) return
    await Promise.all([...this.#open.values()].map(({ dispatcher }) => dispatcher.destroy()))
  }
}
