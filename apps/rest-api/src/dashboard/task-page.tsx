import { type DownloadTask, keptByGateway } from '@backset/core'
import { columnsNamed, taskRows, bytesText, exactJson, humanText, terminalLines, type Column } from '@backset/formats'
import type { Caller } from '../auth/caller.js'
import { hrefOf } from './address.js'
import { Age, Moment } from './ages.js'
import type { Assets } from './assets.js'
import { Page } from './page.js'
import { commandLine } from './shell-quote.js'
import { StatusMark, StatusTemplates } from './status-mark.js'
import { pathPart } from './task-table.js'
import { Text } from './text.js'

export interface TaskPageProps {
  readonly assets: Assets
  readonly caller: Caller
  /** Its links masked. */
  readonly task: DownloadTask
  readonly region: string | undefined
  readonly ageMs: number
  readonly now: number
  readonly timeZone: string
}

const labels: Readonly<Record<string, string>> = {
  backupSetDownloadStatus: 'Status',
  errMessage: 'Message',
  backupSetDownloadTaskId: 'Task',
  backupSetDownloadTaskName: 'Name',
  backupPlanId: 'Plan',
  backupSetId: 'Backup set',
  backupSetCode: 'Code',
  backupSetJobType: 'Job type',
  backupSetDbType: 'Database',
  backupSetDataFormat: 'Format',
  backupSetDataSize: 'Size',
  backupSetDownloadWay: 'Way',
  backupSetDownloadCreateTime: 'Created',
  backupSetDownloadFinishTime: 'Finished',
  backupSetDownloadTargetType: 'Target',
  backupSetDownloadDir: 'Directory',
  backupGatewayId: 'Gateway',
  backupSetDownloadInternetUrl: 'Internet link',
  backupSetDownloadIntranetUrl: 'Intranet link',
  durationMs: 'Took',
  region: 'Region',
}

/** In the order of the labels: first how it stands, then what it is. */
const columns = columnsNamed(taskRows, Object.keys(labels))

/** A task with all that is known of it. */
export function TaskPage({ assets, caller, task, region, ageMs, now, timeZone }: TaskPageProps) {
  const { backupSetDownloadTaskId: id, backupSetDownloadTaskName: name, backupPlanId: planId } = task
  const query = new URLSearchParams({ ...(region !== undefined && { region }) })
  const events = `/v1/download-tasks/${pathPart(id)}/events${query.size === 0 ? '' : `?${query.toString()}`}`
  const list = hrefOf({ region, backupPlanId: planId })
  return (
    <Page title={name ?? id} assets={assets} caller={caller} events={events}>
      <p class="crumbs">
        <a href={list}>← All tasks of the plan</a>
      </p>
      <div class="heading">
        <h1>
          <Text>{name ?? id}</Text>
        </h1>
        <p class="live" id="live" hidden></p>
      </div>
      <p class="unseen" id="news" role="status" aria-live="polite"></p>
      <div class="columns" data-task={pathPart(id)}>
        <section class="card" aria-labelledby="fields">
          <h2 id="fields">What DBS says</h2>
          <dl class="fields-of">
            {columns
              .filter(({ name: field }) => field in task || isLive(field))
              .map((column) => (
                <div>
                  <dt>{labels[column.name]}</dt>
                  <dd data-field={column.name === 'backupSetDownloadStatus' ? 'status' : isLive(column.name) ? column.name : undefined}>
                    <Value column={column} task={task} now={now} timeZone={timeZone} />
                  </dd>
                </div>
              ))}
          </dl>
          {task.raw === undefined ? null : (
            <>
              <h3>Fields this version does not know</h3>
              <pre tabindex={0} aria-label="Other fields">
                {terminalLines(exactJson(task.raw, 2))}
              </pre>
            </>
          )}
          <p class="quiet">
            Read <Age at={new Date(now - ageMs).toISOString()} now={now} timeZone={timeZone} />. Links are shown up to their path: whoever
            has a signed one has the backup.
          </p>
        </section>
        <Commands task={task} region={region} />
      </div>
      <StatusTemplates />
    </Page>
  )
}

/** What changes while a task runs has its place even when there is nothing yet. */
const live = new Set(['backupSetDownloadStatus', 'backupSetDataSize', 'backupSetDownloadFinishTime', 'durationMs', 'errMessage'])
const isLive = (field: string): boolean => live.has(field)

interface ValueProps extends Pick<TaskPageProps, 'task' | 'now' | 'timeZone'> {
  readonly column: Column
}

function Value({ column, task, now, timeZone }: ValueProps) {
  const value = column.valueOf(task)
  if (column.name === 'backupSetDownloadStatus') return <StatusMark state={task.state} status={task.backupSetDownloadStatus} />
  if (value === undefined) return <span class="none">–</span>
  const text = typeof value === 'string' ? value : exactJson(value)
  if (column.kind === 'time') return <Moment at={text} now={now} timeZone={timeZone} />
  if (column.name === 'backupSetDataSize' && task.backupSetDataSize !== undefined)
    return (
      <span>
        {bytesText(task.backupSetDataSize)} <span class="quiet">({grouped(task.backupSetDataSize)} bytes)</span>
      </span>
    )
  if (column.kind === 'duration') return <span>{humanText(timeZone)(value, column.kind)}</span>
  return column.kind === 'id' || /Url$|Dir$|Id$|Code$/.test(column.name) ? (
    <code class="break">
      <Text>{text}</Text>
    </code>
  ) : (
    <Text>{text}</Text>
  )
}

const grouped = (size: number | string): string => BigInt(size).toLocaleString('en-US')

/** The same on the command line, quoted for a shell whatever the id holds; nothing that could only fail. */
function Commands({ task, region }: Pick<TaskPageProps, 'task' | 'region'>) {
  const id = task.backupSetDownloadTaskId
  const where = region === undefined ? [] : ['--region', region]
  const lineOf = (name: string): string => commandLine(['backset', name, ...where, ...operand(id)])
  const atGateway = keptByGateway(task)
  const commands = [
    ['Show it', lineOf('get')],
    ['Wait for its end', lineOf('wait')],
    ...(atGateway ? [] : [['Fetch its file', lineOf('fetch')]]),
  ]
  return (
    <section class="card" aria-labelledby="commands">
      <h2 id="commands">On the command line</h2>
      {commands.map(([words, line], at) => (
        <div class="command">
          <h3 id={`command-${at}-name`}>{words}</h3>
          <div>
            <pre tabindex={0} id={`command-${at}`} aria-labelledby={`command-${at}-name`}>
              <bdi>{line}</bdi>
            </pre>
            <button type="button" data-copy={`command-${at}`} hidden>
              Copy<span class="unseen"> {words}</span>
            </button>
          </div>
        </div>
      ))}
      {atGateway ? <p class="quiet">A backup gateway puts the file into its directory: there is no link to fetch it by.</p> : null}
    </section>
  )
}

const operand = (id: string): readonly string[] => (id.startsWith('-') ? ['--', id] : [id])
