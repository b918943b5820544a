import { DbsError, InputError, type DownloadTask } from '@backset/core'
import type { Context } from 'hono'
import type { ApiParts } from '../app.js'
import { maySee, requireScope } from '../auth/caller.js'
import { readAddress, type Address } from '../dashboard/address.js'
import { ListPage, type ListPageProps } from '../dashboard/list-page.js'
import { ListViews } from '../dashboard/list-view.js'
import { documentOf } from '../dashboard/page.js'
import { planChoice } from '../dashboard/plan-choice.js'
import { ProblemPage } from '../dashboard/problem-page.js'
import { TaskPage } from '../dashboard/task-page.js'
import { pageHeaders } from '../dashboard/page-headers.js'
import { noSuchPlan, noSuchTask } from '../no-such.js'
import { problemOf } from '../problem.js'
import { createRouter, type ApiEnv } from '../router.js'
import { sourceKey, type Source } from '../snapshots/source.js'
import type { Held } from '../snapshots/store.js'
import { TaskReader } from '../task-reader.js'

type DashboardParts = Pick<ApiParts, 'upstream' | 'store' | 'settings' | 'clock' | 'assets' | 'plans'>

/** The pages for people: the tasks of a plan, and one task. They read what the API reads, and are judged as it is. */
export const dashboardRoutes = (parts: DashboardParts) => {
  const { upstream, store, clock, assets, plans } = parts
  const timeZone = parts.settings.timezone ?? 'UTC'
  const reader = new TaskReader(store)
  const views = new ListViews(timeZone)

  const router = createRouter()
  router.onError(async (error, c) => {
    const { body, headers } = problemOf(error)
    c.var.exchange.code = body.code
    if (body.status === 500) c.var.exchange.log.error({ err: error }, 'a page failed')
    const page = <ProblemPage assets={assets} caller={c.var.caller} problem={body} />
    return c.body(await documentOf(page), body.status as 500, { ...headers, ...pageHeaders })
  })

  router.get('/', async (c) => {
    requireScope(c.var.caller, 'tasks:read')
    const { signal } = c.req.raw
    const address = readAddress(c.req.queries())
    const region = upstream.regionNamed(address.region)
    const choice = await planChoice(plans, c.var.caller, region, signal)
    const [only] = choice.plans
    const planId = address.backupPlanId ?? (choice.plans.length === 1 ? only?.id : undefined)
    if (planId !== undefined && !maySee(c.var.caller, planId)) throw noSuchPlan(planId)
    const props = {
      assets,
      caller: c.var.caller,
      address,
      planId,
      choice,
      regions: upstream.regions.filter((one) => one !== undefined),
      now: clock.now(),
      timeZone,
      list: undefined,
      fault: undefined,
    }
    if (planId === undefined) return answer(c, props)
    using read = await readPlan({ region, backupPlanId: planId }, address, signal)
    const { snapshot, freshness } = read.held
    const { proof, version, ageMs } = snapshot
    if (proof === undefined) throw new DbsError('internal', 'A whole list has no proof.')
    try {
      const view = views.of(snapshot, address, snapshot.takenAt ?? clock.now())
      return await answer(c, { ...props, list: { ...view, proof, version, ageMs, freshness, hasMoved: read.hasMoved } })
    } catch (error) {
      // The form stays, with what was typed, so that it can be mended.
      if (!(error instanceof InputError)) throw error
      return answer(c, { ...props, fault: { field: error.field, message: [error.message, error.hint].filter(Boolean).join(' ') } }, 400)
    }
  })

  /** The list a page belongs to: the one its link names, while that is kept, else the newest. */
  async function readPlan(
    source: Source,
    { version }: Address,
    signal: AbortSignal,
  ): Promise<Disposable & { readonly held: Held; readonly hasMoved: boolean }> {
    const named = version === undefined ? undefined : store.openVersion(version)
    const isSame = named !== undefined && sourceKey(named.snapshot.source) === sourceKey(source)
    if (!isSame) named?.[Symbol.dispose]()
    const held = isSame ? named : await reader.wholeList(source, signal)
    const hasMoved = version !== undefined && held.snapshot.version !== version
    return { held, hasMoved, [Symbol.dispose]: () => held[Symbol.dispose]() }
  }

  router.get('/tasks/:taskId', async (c) => {
    requireScope(c.var.caller, 'tasks:read')
    const taskId = c.req.param('taskId')
    const region = c.req.query('region')
    using found = await reader.task({ region: upstream.regionNamed(region), backupSetDownloadTaskId: taskId }, c.req.raw.signal)
    const task: DownloadTask = found.task
    if (!maySee(c.var.caller, task.backupPlanId)) throw noSuchTask(taskId, found.snapshot.proof?.lastRequestId)
    const page = (
      <TaskPage
        assets={assets}
        caller={c.var.caller}
        task={task}
        region={region}
        ageMs={found.snapshot.ageMs}
        now={clock.now()}
        timeZone={timeZone}
      />
    )
    return c.body(await documentOf(page), 200, pageHeaders)
  })

  return router
}

const answer = async (c: Context<ApiEnv>, props: ListPageProps, status: 200 | 400 = 200): Promise<Response> =>
  c.body(await documentOf(<ListPage {...props} />), status, pageHeaders)
