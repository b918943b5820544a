// @ts-nocheck: undici's inner paths have no types.
// undici's index loads fetch, WebSocket, caches and mocks, which no command uses; without them a start is 40 ms shorter.
// It reaches into inner paths, so this project pins undici exactly.
import api from 'undici/lib/api/index.js'
import buildConnector from 'undici/lib/core/connect.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js'
import Pool from 'undici/lib/dispatcher/pool.js'

Object.assign(Dispatcher.prototype, api)

export { Agent, buildConnector, EnvHttpProxyAgent, Pool }
