import type { DownloadTask, ListPage } from '@backset/core'
import { allAtOnce, exactJson, rowView, taskRows } from '@backset/formats'
import type { Caller } from '../auth/caller.js'
import { contentTypes } from '../negotiate.js'
import { seenBy } from '../snapshots/selection.js'
import { upstreamRequestId } from '../routes/upstream-request-id.js'
import { requireTask } from './judge.js'
import type { Question } from './question.js'
import { dispositionOf, textOf } from './write-rows.js'

export interface BareAnswer {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** One page of DBS: in JSON with its envelope, else its rows alone; of them those that the caller may see, links masked. */
export async function bareAnswer(page: ListPage<DownloadTask>, question: Question, caller: Caller): Promise<BareAnswer> {
  const items = page.items.filter(seenBy(caller, question.source))
  if (caller.plans !== undefined) requireTask(items.length > 0, question.source, page.requestId)
  const headers = {
    'content-type': contentTypes[question.format],
    'cache-control': 'no-store',
    ...dispositionOf(question.source, question),
    ...upstreamRequestId(page.requestId), // rows alone name none
  }
  if (question.format === 'json') {
    const view = rowView({ kind: taskRows, columns: question.columns })
    return { body: exactJson({ ...page, items: items.map(view) }), headers }
  }
  let body = ''
  for await (const chunk of await textOf(items.length === 0 ? none() : allAtOnce(items), question)) body += chunk
  return { body, headers }
}

async function* none(): AsyncGenerator<readonly unknown[], void, undefined> {}
