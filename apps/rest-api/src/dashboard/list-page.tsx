import type { Proof } from '@backset/core'
import { bytesText } from '@backset/formats'
import type { Caller } from '../auth/caller.js'
import type { Problem } from '../problem.js'
import type { Freshness } from '../snapshots/store.js'
import { hrefOf, type Address } from './address.js'
import type { Assets } from './assets.js'
import { ageText } from './ages.js'
import { Charts } from './charts.js'
import { FilterForm, type FilterFormProps } from './filter-form.js'
import type { ListView } from './list-view.js'
import { Page } from './page.js'
import { Pager } from './pager.js'
import { chosenPlan, type PlanChoice } from './plan-choice.js'
import { ProblemWords } from './problem-page.js'
import { counted, isProved, proofWords } from './proof-words.js'
import { StatusTemplates } from './status-mark.js'
import { TaskTable } from './task-table.js'
import { Text } from './text.js'

/** The tasks of a plan, and what is known of the list they come from. */
interface ListOnPage extends ListView {
  readonly proof: Proof
  readonly version: string
  readonly ageMs: number
  readonly freshness: Freshness
  /** Whether the page that was asked for belongs to a list that is kept no longer. */
  readonly hasMoved: boolean
}

export interface ListPageProps {
  readonly assets: Assets
  readonly caller: Caller
  readonly address: Address
  readonly planId: string | undefined
  readonly choice: PlanChoice
  readonly regions: readonly string[]
  /** Undefined where no plan is chosen, or the filter cannot be used. */
  readonly list: ListOnPage | undefined
  readonly fault: FilterFormProps['fault']
  readonly now: number
  readonly timeZone: string
}

export function ListPage(props: ListPageProps) {
  const { assets, caller, address, planId, choice, regions, list, fault } = props
  const plan = chosenPlan(choice, planId)
  const name = plan?.name ?? planId ?? 'Download tasks'
  return (
    <Page
      title={name}
      assets={assets}
      caller={caller}
      events={list === undefined || planId === undefined ? undefined : eventsOf(planId, address)}
    >
      <div class="heading">
        <h1>
          <Text>{name}</Text>
        </h1>
        {plan?.name === undefined ? null : (
          <code>
            <Text>{plan.id}</Text>
          </code>
        )}
        <p class="live" id="live" hidden></p>
      </div>
      <p class="unseen" id="news" role="status" aria-live="polite"></p>
      {fault === undefined ? null : (
        <p class="notice bad" role="alert" id="fault">
          <Text>{fault.message}</Text>
        </p>
      )}
      {choice.trouble === undefined ? null : <PlansTrouble problem={choice.trouble} />}
      <FilterForm address={address} choice={choice} planId={plan?.id ?? planId} regions={regions} fault={fault} />
      {list === undefined ? fault === undefined ? <NoPlan choice={choice} address={address} /> : null : <Tasks {...props} list={list} />}
      <StatusTemplates />
    </Page>
  )
}

const eventsOf = (planId: string, { region }: Address): string =>
  `/v1/download-tasks/events?${new URLSearchParams({ backupPlanId: planId, ...(region !== undefined && { region }) }).toString()}`

function Tasks({ address, list, now, timeZone }: ListPageProps & { readonly list: ListOnPage }) {
  const { rows, version, hasMoved } = list
  const limit = Number(address.limit ?? 50)
  const pages = Math.max(Math.ceil(rows.length / limit), 1)
  const page = Math.min(Number(address.page ?? 1), pages)
  const shown = rows.slice((page - 1) * limit, page * limit)
  return (
    <>
      <Tiles list={list} />
      <p class="notice" id="more" hidden>
        <a href={hrefOf(address, { page: undefined, version: undefined })}></a>
      </p>
      {hasMoved ? <p class="notice">The list has changed since the page before; this is page {page} of the list as it is now.</p> : null}
      <div class="columns">
        <section aria-labelledby="list-heading" class="list">
          <div class="heading">
            <h2 id="list-heading">Tasks</h2>
            <p class="quiet">
              {rows.length === 0
                ? 'None'
                : `${(page - 1) * limit + 1}–${(page - 1) * limit + shown.length} of ${counted(rows.length, 'task')}`}
              {rows.length === list.proof.rows ? '' : `, out of ${list.proof.rows.toLocaleString('en-US')} of the plan`}
            </p>
            <a class="jump" href="#numbers">
              In numbers
            </a>
          </div>
          {rows.length === 0 ? (
            <p class="empty card">{list.proof.rows === 0 ? 'This plan has no download tasks.' : 'No task fits these filters.'}</p>
          ) : (
            <TaskTable rows={shown} address={address} now={now} timeZone={timeZone} region={address.region} />
          )}
          <Pager address={address} page={page} pages={pages} version={version} />
          <ProofLine list={list} now={now} />
        </section>
        <Charts summary={list.summary} timeZone={timeZone} />
      </div>
    </>
  )
}

function Tiles({ list: { summary, proof, freshness, ageMs } }: { readonly list: ListOnPage }) {
  const of = (state: string): string => (summary.byState.groups.find(({ name }) => name === state)?.count ?? 0).toLocaleString('en-US')
  return (
    <>
      {isProved(proof) ? null : (
        <p class="notice bad" role="alert">
          {proofWords(proof)}
        </p>
      )}
      {freshness === 'stale' ? (
        <p class="notice bad" role="alert">
          DBS cannot be asked at the moment. What is shown was read {ageText(ageMs)}.
        </p>
      ) : null}
      <dl class="tiles">
        <Tile name="Tasks">{summary.count.toLocaleString('en-US')}</Tile>
        <Tile name="Size">{bytesText(summary.bytes)}</Tile>
        <Tile name="Done">{of('done')}</Tile>
        <Tile name="Active">{of('active')}</Tile>
        <Tile name="Suspended">{of('suspended')}</Tile>
        <Tile name="Failed">{of('failed')}</Tile>
      </dl>
    </>
  )
}

const Tile = ({ name, children }: { readonly name: string; readonly children: string }) => (
  <div class="card">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const ProofLine = ({ list: { proof, ageMs }, now }: { readonly list: ListOnPage; readonly now: number }) => (
  <p class="proof quiet">
    {proofWords(proof)} Read{' '}
    <time datetime={new Date(now - ageMs).toISOString()} data-age="">
      {ageText(ageMs)}
    </time>
    {proof.lastRequestId === undefined ? null : (
      <>
        , last request{' '}
        <code class="break">
          <Text>{proof.lastRequestId}</Text>
        </code>
      </>
    )}
    .
  </p>
)

const PlansTrouble = ({ problem }: { readonly problem: Problem }) => (
  <div class="notice bad" role="alert">
    <p>
      <strong>The plans cannot be listed.</strong> A plan can be named by its id.
    </p>
    <ProblemWords problem={problem} />
  </div>
)

const NoPlan = ({ choice: { plans, trouble }, address }: Pick<ListPageProps, 'choice' | 'address'>) =>
  plans.length === 0 ? (
    trouble === undefined ? (
      <p class="empty card">There is no backup plan to show.</p>
    ) : null
  ) : (
    <section class="card" aria-labelledby="plans">
      <h2 id="plans">Plans</h2>
      <ul class="plans">
        {plans.map(({ id, name }) => (
          <li>
            <a href={hrefOf(address, { backupPlanId: id })}>
              <Text>{name ?? id}</Text>
            </a>{' '}
            {name === undefined ? null : (
              <code class="quiet break">
                <Text>{id}</Text>
              </code>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
