import type { CredentialsProvider, Endpoint, ErrorCode, Proxy } from '@backset/core'
import type { Values } from '@backset/settings'
import type { cliSettings } from '../cli-settings.js'
import type { Context } from '../command.js'

/** What each check finds out for those after it; what is missing did not go well. */
export interface Known {
  readonly settings: Values<typeof cliSettings>
  readonly credentials: CredentialsProvider
  readonly 'region-host': Endpoint
  /** `straight` where no proxy stands between. */
  readonly proxy: Proxy | 'straight'
  readonly dns: 'found'
  readonly tls: 'trusted'
  /** That the host answered, whatever its time. */
  readonly clock: 'answered'
  /** A plan to ask about, where there is one. */
  readonly permission: { readonly backupPlanId: string | undefined }
  readonly 'page-base': 0 | 1
}

export type CheckName = keyof Known

/** What a check says. A thrown DbsError says that it failed. */
export interface Finding<Fact> {
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped'
  /** What is so, and why. */
  readonly detail: string
  /** The next step. */
  readonly hint?: string | undefined
  /** Why it failed, as an error would say it. */
  readonly code?: ErrorCode
  /** For the checks after it; without it those that need it are skipped. */
  readonly fact?: Fact
}

/** The world, and how long the check may take. */
export interface Scene extends Context {
  /** The command's flags, as they came. */
  readonly args: { readonly plan?: string | undefined } & Readonly<Record<string, unknown>>
}

export interface Check {
  readonly name: CheckName
  readonly needs: readonly CheckName[]
  /** It may take as long as one attempt of a request. */
  readonly isOneAttempt?: true
  readonly run: (known: Known, scene: Scene) => Promise<Finding<unknown>>
}

/** Types what a check is given from what it needs. */
export const defineCheck = <Name extends CheckName, const Needs extends readonly CheckName[]>(check: {
  readonly name: Name
  readonly needs: Needs
  readonly isOneAttempt?: true
  readonly run: (known: Pick<Known, Needs[number]>, scene: Scene) => Promise<Finding<Known[Name]>>
}): Check => check
