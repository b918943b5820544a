import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { channels, DbsError, describeBackupSetDownloadTaskList, proxyFor, type AnswerMessage, type DbsClient } from '@backset/core'
import { checkLink, guardedLookup } from '@backset/transfer'
import type { Context } from '../command.js'
import { headOf } from '../network/head-of.js'
import type { Session } from '../session.js'
import type { Ask, Asker, Outcome } from './question.js'
import { keyOf } from './questions.js'

/** Attempts of one call: with at most nine calls and one GET the probe stays within its 20 requests. */
export const maxAttempts = 2

/** Ids that name nothing, of a form that nothing else has. */
export const unknownPlan = 'dbsbacksetprobe'
export const unknownTask = 'urxbacksetprobe'

export type OpenAsker = Asker &
  Disposable & {
    readonly pageOf: (backupPlanId: string) => Promise<Outcome>
    readonly choose: (backupPlanId: string, first: Outcome) => void
  }

/** Asks DBS, remembers what was answered, and listens to the headers. */
export function openAsker(client: DbsClient, { settings, signal }: Session, { env, clock }: Context): OpenAsker {
  const answers = new Map<string, Promise<Outcome>>()
  const headers = new Map<string, string>()
  let planId = ''
  const hear = (message: unknown): void => {
    for (const [name, value] of Object.entries((message as AnswerMessage).headers)) if (isName(name)) headers.set(name, value)
  }
  subscribe(channels.answer, hear)

  async function send(parameters: Readonly<Record<string, string | number>>): Promise<Outcome> {
    try {
      const body = await client.call(describeBackupSetDownloadTaskList.action, { PageSize: 30, ...parameters }, { signal })
      const { items: tasks, totalElements: total, pageNum: echo } = describeBackupSetDownloadTaskList.output(body)
      return { tasks, total, echo, items: (body as Readonly<Record<string, unknown>>)['Items'] }
    } catch (error) {
      if (error instanceof DbsError && (error.code === 'refused' || error.code === 'not-found') && error.serviceCode !== undefined)
        return { refused: error.serviceCode.slice(0, 80) }
      throw error
    }
  }
  const parametersOf = ({ of, pageNum: PageNum }: Ask): Readonly<Record<string, string | number>> => {
    if (of === 'unknown task') return { BackupSetDownloadTaskId: unknownTask, PageNum }
    return { BackupPlanId: of === 'plan' ? planId : unknownPlan, PageNum }
  }
  return {
    pageOf: async (backupPlanId) => send({ BackupPlanId: backupPlanId, PageNum: 0 }),
    choose(backupPlanId, first) {
      planId = backupPlanId
      answers.set(keyOf({ of: 'plan', pageNum: 0 }), Promise.resolve(first))
    },
    async page(ask) {
      const key = keyOf(ask)
      const known = answers.get(key) ?? send(parametersOf(ask))
      answers.set(key, known)
      return known
    },
    async firstByte(link) {
      const url = new URL(link)
      // A link that leads into a private network or to this machine is not asked, unless DBS itself is asked on this machine.
      const permissions = { privateAddresses: false, loopback: isLoopback.test(new URL(client.origin).hostname), http: settings.allowHttp }
      try {
        checkLink(url, permissions)
        const { httpStatus, headers: answered } = await headOf(url, {
          proxy: proxyFor(env, url) ?? 'straight',
          headers: { range: 'bytes=0-0', 'accept-encoding': 'identity' },
          lookup: guardedLookup(permissions),
          signal,
        })
        return { httpStatus, headers: Object.keys(answered).filter(isName).toSorted() }
      } catch (error) {
        if (!(error instanceof DbsError) || signal.aborted) throw error
        return { failed: error.code }
      }
    },
    headers: () => headers,
    now: clock.now,
    [Symbol.dispose]: () => void unsubscribe(channels.answer, hear),
  }
}

const isName = (name: string): boolean => /^[a-z0-9-]{1,60}$/.test(name)
const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i
