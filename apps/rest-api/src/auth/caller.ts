import { samePlan } from '@backset/core'
import { ApiError } from '../api-error.js'

/** What a key may do. */
export const scopes = ['tasks:read', 'links:read', 'tasks:create', 'metrics:read'] as const
export type Scope = (typeof scopes)[number]

/** Who asks: a key, or anybody on this machine where there are no keys. */
export interface Caller {
  /** The key's id; `anonymous` without keys. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  /** The plans it is bounded to; undefined: every plan. */
  readonly plans: readonly string[] | undefined
}

/** Anybody on this machine: may read, and see neither links nor make tasks. */
export const anonymous: Caller = { id: 'anonymous', name: 'anonymous', scopes: ['tasks:read', 'metrics:read'], plans: undefined }

/** Whether a caller may know of a plan. A task without one belongs to nobody who is bounded. */
export const maySee = ({ plans }: Caller, planId: string | undefined): boolean =>
  plans === undefined || (planId !== undefined && plans.some((plan) => samePlan(plan, planId)))

/** @throws ApiError `forbidden` when the caller lacks the scope */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope)) return
  throw new ApiError(
    'forbidden',
    `This needs the scope ${scope}, which ${caller.id === 'anonymous' ? 'nobody has without keys' : 'the key lacks'}.`,
    {
      hint: `backset-api keys add NAME --scope ${scope} makes a key that has it.`,
    },
  )
}
