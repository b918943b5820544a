import { hkdfSync } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { requireScope } from '../auth/caller.js'
import { bareAnswer } from '../lists/bare-answer.js'
import { BarePages } from '../lists/bare-pages.js'
import { requirePlan } from '../lists/judge.js'
import { listKey } from '../lists/list-key.js'
import { PageDesk, type PageAnswer } from '../lists/page-desk.js'
import { readQuestion, type Question } from '../lists/question.js'
import { SelectedRows } from '../lists/selected-rows.js'
import { streamAnswer } from '../lists/stream-answer.js'
import { dispositionOf, headerJson, textOf } from '../lists/write-rows.js'
import { contentTypes } from '../negotiate.js'
import { headerRef, snapshotHeaders } from '../openapi/headers.js'
import { createRouter, problems, type ApiEnv } from '../router.js'
import { Cursors } from '../snapshots/cursor.js'
import { Pages } from '../snapshots/pages.js'
import { PastTheStore } from '../snapshots/past-the-store.js'
import { Views } from '../snapshots/view.js'
import { TaskReader } from '../task-reader.js'
import { cacheHeaders, isNamed, revalidate, weakTag } from './cache-headers.js'
import { listQuery } from './list-query.js'
import { BarePageAnswer, TaskListAnswer } from './list-schema.js'
import { needs } from './needs.js'

const rowsOf = (description: string) => ({ schema: z.string().meta({ description }) })

const listTasks = createRoute({
  method: 'get',
  path: '/v1/download-tasks',
  operationId: 'listDownloadTasks',
  summary: 'The download tasks of a plan, or one by its id',
  security: needs('tasks:read').security,
  description:
    'JSON comes in pages; CSV and NDJSON stream the whole list unless limit or cursor asks for a page of it. They have an ETag where the list was whole when they began; If-None-Match makes them wait until it is. A stream that breaks off ends without its last chunk; one that ends well has the proof of the list in the trailer x-backset-proof.',
  request: { query: listQuery },
  responses: {
    200: {
      description: 'The tasks',
      headers: { ...snapshotHeaders, Link: headerRef('Link') },
      content: {
        'application/json': { schema: z.union([TaskListAnswer, BarePageAnswer]) },
        'application/x-ndjson': rowsOf('A task a line'),
        'text/csv': rowsOf('RFC 4180 with a header of the field names'),
      },
    },
    304: { description: 'The same as named by If-None-Match', headers: snapshotHeaders },
    ...problems(404, 410, 422, 502, 503),
  },
})

type ListParts = Pick<ApiParts, 'upstream' | 'store' | 'settings' | 'clock' | 'cursorKey'>

/** The list: pages of snapshots, whole lists as streams, single pages of DBS. */
export const listTaskRoutes = ({ upstream, store, settings, clock, cursorKey }: ListParts) => {
  const reader = new TaskReader(store)
  const views = new Views()
  const bare = new BarePages(upstream, clock.monotonic)
  const desk = new PageDesk({
    store,
    reader,
    cursors: new Cursors(new Uint8Array(hkdfSync('sha256', cursorKey, '', 'backset cursor 1', 32)), clock.now),
    pages: new Pages(clock.monotonic),
    views,
    now: clock.monotonic,
  })

  const past = new PastTheStore((source, options) => upstream.listTasks(source, options))

  async function answer(c: Context<ApiEnv>, question: Question): Promise<Response> {
    const { caller } = c.var
    requirePlan(caller, question.source)
    const { signal } = c.req.raw
    if (question.bare !== undefined) {
      const { value, freshness } = await bare.get({ source: question.source, ...question.bare }, signal)
      const { body, headers } = await bareAnswer(value, question, caller)
      return c.body(body, 200, { ...headers, 'cache-status': `backset; fwd=bypass${freshness === 'collapsed' ? '; collapsed' : ''}` })
    }
    if (question.isStream) return stream(c, question)
    return send(c, await desk.answer({ question, caller, address: new URL(c.req.url), key: listKey(c), signal }))
  }

  async function stream(c: Context<ApiEnv>, question: Question): Promise<Response> {
    const { signal } = c.req.raw
    const ifNoneMatch = c.req.header('if-none-match')
    const waitsForWhole = ifNoneMatch !== undefined
    const rows = new SelectedRows({ question, caller: c.var.caller, reader, views, store, past, signal, waitsForWhole, now: clock.now() })
    const { body, headers } = await streamAnswer(
      {
        text: await textOf(rows.batches(), question),
        trailers: () => ({ 'x-backset-proof': headerJson(rows.proof) }),
        incoming: c.var.exchange.incoming,
        outgoing: c.var.exchange.outgoing,
        onBreak: (error) => {
          if (signal.aborted) return
          c.var.exchange.brokeOff = true
          c.var.exchange.log.warn({ err: error }, 'a stream broke off')
        },
        isWanted: () => c.req.method !== 'HEAD' && !isNamed(ifNoneMatch, tagOf(rows, question)),
      },
      'x-backset-proof',
    )
    const told = rows.origin === undefined ? { 'cache-status': 'backset; fwd=bypass' } : cacheHeaders(rows.origin)
    const etag = tagOf(rows, question)
    const tagged = { ...revalidate, ...told, ...(etag !== undefined && { etag }) }
    if (isNamed(ifNoneMatch, etag)) return c.body(null, 304, tagged)
    const type = contentTypes[question.format]
    return c.body(body, 200, { 'content-type': type, ...dispositionOf(question.source, question), ...tagged, ...headers })
  }

  return createRouter().openapi(
    {
      ...listTasks,
      // A request that was made before is neither read nor judged again while its snapshot answers: the key holds all that the answer hangs on.
      middleware: async (c: Context<ApiEnv>, next: () => Promise<void>) => {
        requireScope(c.get('caller'), 'tasks:read')
        const known = desk.again(listKey(c))
        return known === undefined ? next() : send(c, known)
      },
    },
    async (c) => answer(c, readQuestion(c.req.valid('query'), c.req.header('accept'), { settings, upstream, now: clock.now() })) as never,
  )
}

/** Undefined where rows are written before the list's end: nobody knows yet what they will be. */
const tagOf = ({ digest, origin }: SelectedRows, { format, columns, formulas }: Question): string | undefined =>
  digest === undefined ? undefined : weakTag(digest, format, columns, formulas, origin?.snapshot.proof?.verdict)

/** Plain headers in a plain answer go to the socket as they are; the context would make a `Headers` of them, which costs more than all else here. */
function send(c: Context<ApiEnv>, { page, snapshot, freshness }: PageAnswer): Response {
  const told = cacheHeaders({ snapshot, freshness })
  if (!isNamed(c.env.incoming.headers['if-none-match'], page.etag))
    return new Response(page.body, { headers: { ...page.headers, ...told } })
  return new Response(null, { status: 304, headers: { etag: page.etag, ...revalidate, ...told } })
}
