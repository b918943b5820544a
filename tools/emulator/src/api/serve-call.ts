import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Emulation } from '../emulation.js'
import { deliver, statusSeen, textDelivery } from '../scenario/deliver.js'
import { moveList } from '../scenario/moving.js'
import type { Move } from '../scenario/scenario.js'
import type { SignedCall } from '../signature/signed-call.js'
import { readV1 } from '../signature/v1.js'
import { readV3 } from '../signature/v3.js'
import { mix } from '../world/random.js'
import { answerCall } from './gateway.js'
import { readIncoming } from './incoming.js'

const secret = new Set(['Signature', 'SecurityToken', 'AccessKeyId'])

/** One call of the API: read, meet its fate, answer, record, send, and let the list move. */
export async function serveCall(
  emulation: Emulation,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { clock, recorder, rules, latencyMs } = emulation
  const incoming = await readIncoming(request)
  const call = readV3(incoming) ?? readV1(incoming)
  const fate = rules.decide(call.action ?? '', pageNumOf(call))
  const cameAt = clock.now()
  const requestId = requestIdOf(emulation.seed, recorder.total)
  const answer = answerCall(emulation, incoming, call, fate, requestId)
  const now = clock.now()
  recorder.add({
    action: call.action ?? '',
    parameters: Object.fromEntries([...incoming.query, ...incoming.form].filter(([name]) => !secret.has(name))),
    method: incoming.method,
    signature: call.signature,
    httpStatus: statusSeen(answer.httpStatus, fate.fault),
    ...(answer.serviceCode === undefined ? {} : { serviceCode: answer.serviceCode }),
    at: now,
  })
  for (const move of fate.moves) moveFor(emulation, call, move) // the answer is made already
  const date = new Date(now + (fate.fault?.kind === 'skewed-clock' ? fate.fault.ms : 0)).toUTCString()
  const headers = { date, 'x-acs-request-id': requestId, ...answer.headers }
  // The time it took to make the answer is part of the latency, as it is of a real service's.
  const waitMs = latencyMs + (fate.fault?.kind === 'latency' ? fate.fault.ms : 0) - (clock.now() - cameAt)
  if (waitMs > 0) await clock.sleep(waitMs, signal)
  await deliver(response, textDelivery(answer.httpStatus, headers, answer.body), fate.fault, { clock, signal })
}

const parameterOf = ({ parameters }: SignedCall, name: string): string | undefined => parameters.find(([key]) => key === name)?.[1]

function pageNumOf(call: SignedCall): number | undefined {
  const text = parameterOf(call, 'PageNum')
  return text === undefined || !/^-?\d{1,10}$/.test(text) ? undefined : Number(text)
}

/** A move is about the plan that was asked for. */
function moveFor({ world, dice }: Emulation, call: SignedCall, move: Move): void {
  const plan = world.plan(parameterOf(call, 'BackupPlanId') ?? '')
  if (plan !== undefined) moveList(world, plan.id, move, dice)
}

/** Looks like the documented ones; the n-th request of a seed always has the same. */
function requestIdOf(seed: number, number: number): string {
  const hex = [0, 1, 2, 3]
    .map((part) =>
      mix(seed, 0x1d0 + part, number)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
    .toUpperCase()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
