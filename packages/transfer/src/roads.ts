import { guardPausedParsers, openDispatcher, proxyFor } from '@backset/core'
import { Agent, type Dispatcher } from 'undici'
import { guardedLookup, type Permissions } from './link-guard.js'
import type { Network } from './link-source.js'
import type { Road } from './range-request.js'
import { ReadBlocks } from './read-blocks.js'

export interface RoadOptions {
  readonly network: Network | 'auto'
  readonly allowHttp: boolean
  readonly endpointIsLoopback: boolean
  readonly silenceMs: number
  /** Where the proxies are named. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The ways to either network, each with its own guard; opened when first used. */
export class Roads implements AsyncDisposable {
  /** What comes straight is read into these; through a proxy, into memory of Node's own. */
  readonly blocks = new ReadBlocks()
  readonly #options: RoadOptions
  readonly #open = new Map<Network, Road>()
  readonly #dispatchers: Dispatcher[] = []
  #throughProxies: Dispatcher | undefined

  constructor(options: RoadOptions) {
    guardPausedParsers()
    this.#options = options
  }

  to(network: Network): Road {
    const known = this.#open.get(network)
    if (known !== undefined) return known
    const { allowHttp, endpointIsLoopback, silenceMs, env } = this.#options
    const permissions: Permissions = { privateAddresses: network === 'intranet', loopback: endpointIsLoopback, http: allowHttp }
    // Outside the provider's network its inner addresses swallow what is sent: no long wait where there is another road.
    const timeout = network === 'intranet' && this.#options.network === 'auto' ? 2000 : 10_000
    const straight = new Agent({
      pipelining: 1,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some shell profile does not open the way to whoever stands between.
      connect: this.blocks.connector({ rejectUnauthorized: true, timeout, lookup: guardedLookup(permissions) }),
    })
    this.#dispatchers.push(straight)
    // Behind a proxy, names are resolved by it: there only addresses that stand in a link can be judged.
    const dispatcherFor = (url: URL): Dispatcher => (proxyFor(env, url) === undefined ? straight : this.#proxied())
    const road: Road = { permissions, dispatcherFor }
    this.#open.set(network, road)
    return road
  }

  #proxied(): Dispatcher {
    if (this.#throughProxies !== undefined) return this.#throughProxies
    this.#throughProxies = openDispatcher(this.#options.env)
    this.#dispatchers.push(this.#throughProxies)
    return this.#throughProxies
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#dispatchers.map((dispatcher) => dispatcher.destroy()))
  }
}
