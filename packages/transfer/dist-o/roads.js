import { openDispatcher, proxyFor } from '@backset/core';
import { Agent } from 'undici';
import { guardedLookup } from './link-guard.js';
import { ReadBlocks } from './read-blocks.js';
/** The ways to either network, each with its own guard; opened when first used. */
export class Roads {
    /** What comes straight is read into these; through a proxy, into memory of Node's own. */
    blocks = new ReadBlocks();
    #options;
    #open = new Map();
    #dispatchers = [];
    #throughProxies;
    constructor(options) {
        this.#options = options;
    }
    to(network) {
        const known = this.#open.get(network);
        if (known !== undefined)
            return known;
        const { allowHttp, endpointIsLoopback, silenceMs, env } = this.#options;
        const permissions = { privateAddresses: network === 'intranet', loopback: endpointIsLoopback, http: allowHttp };
        // Outside the provider's network its inner addresses swallow what is sent: no long wait where there is another road.
        const timeout = network === 'intranet' && this.#options.network === 'auto' ? 2000 : 10_000;
        const straight = new Agent({
            pipelining: 1,
            headersTimeout: silenceMs,
            bodyTimeout: silenceMs,
            // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in some shell profile does not open the way to whoever stands between.
            connect: this.blocks.connector({ rejectUnauthorized: true, timeout, lookup: guardedLookup(permissions) }),
        });
        this.#dispatchers.push(straight);
        // Behind a proxy, names are resolved by it: there only addresses that stand in a link can be judged.
        const dispatcherFor = (url) => (proxyFor(env, url) === undefined ? straight : this.#proxied());
        const road = { permissions, dispatcherFor };
        this.#open.set(network, road);
        return road;
    }
    #proxied() {
        if (this.#throughProxies !== undefined)
            return this.#throughProxies;
        this.#throughProxies = openDispatcher(this.#options.env);
        this.#dispatchers.push(this.#throughProxies);
        return this.#throughProxies;
    }
    async [Symbol.asyncDispose]() {
        await Promise.all(this.#dispatchers.map((dispatcher) => dispatcher.destroy()));
    }
}
//# sourceMappingURL=roads.js.map