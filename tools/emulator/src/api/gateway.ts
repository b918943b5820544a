import { actions } from '../actions/index.js'
import type { Action } from '../actions/action.js'
import type { Emulation } from '../emulation.js'
import { failOnPurpose, throttle } from '../scenario/faults.js'
import type { Fate } from '../scenario/rules.js'
import { numbersAsText, shapeOf } from '../scenario/shapes.js'
import type { SignedCall } from '../signature/signed-call.js'
import type { Tree } from '../world/wire.js'
import { gatewayRefusal, serviceFailure, success, type Answer, type Format } from './answer.js'
import { authenticate, missing } from './authenticate.js'
import { headerOf, type Incoming } from './incoming.js'
import { readParameters } from './read-parameters.js'
import { GatewayRefusal, ServiceFailure } from './refusals.js'

const version = '2019-03-06'

/** Answers one call in the order a gateway checks: operation, signature and all that belongs to it, flow control, parameters, then the service. */
export function answerCall(emulation: Emulation, incoming: Incoming, call: SignedCall, fate: Fate, requestId: string): Answer {
  const format: Format = call.format === 'unknown' ? 'xml' : call.format
  const action = call.action ?? 'Unknown'
  try {
    return success(action, answerFields(emulation, incoming, call, fate), requestId, format)
  } catch (error) {
    if (error instanceof GatewayRefusal) return gatewayRefusal(error, requestId, headerOf(incoming.headers, 'host') ?? '', format)
    if (error instanceof ServiceFailure) return serviceFailure(action, error, requestId, format)
    throw error
  }
}

function answerFields(emulation: Emulation, incoming: Incoming, call: SignedCall, { fault, shapes }: Fate): Readonly<Record<string, Tree>> {
  failOnPurpose(fault, 'before')
  const action = actionOf(incoming, call)
  authenticate(call, {
    identities: emulation.identities,
    nonces: emulation.nonces,
    windowMs: emulation.windowMs,
    now: emulation.clock.now() + (fault?.kind === 'skewed-clock' ? fault.ms : 0),
    tokensExpired: fault?.kind === 'expired-sts',
  })
  checkFlow(emulation)
  failOnPurpose(fault, 'after')
  const fields = action.run(readParameters(action, call.parameters), { world: emulation.world, shapes, tokens: emulation.tokens })
  return shapeOf(shapes, 'numbers-as-text') === undefined ? fields : (numbersAsText(fields) as Record<string, Tree>)
}

function actionOf({ method, path }: Incoming, call: SignedCall): Action {
  if (method !== 'GET' && method !== 'POST') throw new GatewayRefusal('UnsupportedHTTPMethod', 403, 'This http method is not supported.')
  if (call.action === undefined) throw missing('Action')
  if (call.version === undefined) throw missing('Version')
  if (call.version !== version) throw new GatewayRefusal('InvalidVersion', 400, 'Specified parameter Version is not valid.')
  const action = path === '/' ? actions.get(call.action) : undefined
  if (action === undefined)
    throw new GatewayRefusal('InvalidAction.NotFound', 404, 'Specified api is not found, please check your url and method.')
  if (call.format === 'unknown')
    throw new GatewayRefusal('InvalidParameter.Format', 400, 'The specified parameter Format is not valid: JSON or XML.')
  return action
}

function checkFlow({ limit }: Emulation): void {
  const waitMs = limit?.bucket.take() ?? 0
  if (limit !== undefined && waitMs > 0) throw throttle({ code: 'Throttling.User', status: 400, hint: limit.hint, waitMs, as: 'gateway' })
}
