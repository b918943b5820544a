import { shortFieldNames, type DownloadTask } from '@backset/core'
import { bytesText, humanText } from '@backset/formats'
import { Age } from './ages.js'
import { hrefOf, type Address } from './address.js'
import { StatusMark } from './status-mark.js'
import { Text } from './text.js'

export interface TaskTableProps {
  readonly rows: readonly DownloadTask[]
  readonly address: Address
  readonly now: number
  readonly timeZone: string
  /** The region in the address of a task, where one was named. */
  readonly region: string | undefined
}

/** The tasks; on a narrow screen each is a card, which is why the roles stand here: CSS would take them away. */
export function TaskTable({ rows, address, now, timeZone, region }: TaskTableProps) {
  return (
    <table class="tasks" role="table" aria-label="Download tasks">
      <thead role="rowgroup">
        <tr role="row">
          <Head sort="status" address={address}>
            Status
          </Head>
          <Head sort="name" address={address}>
            Task
          </Head>
          <Head sort="dbType" address={address}>
            Database
          </Head>
          <Head sort="size" isNumber address={address}>
            Size
          </Head>
          <Head sort="createTime" isNumber address={address}>
            Created
          </Head>
          <Head sort="duration" isNumber address={address}>
            Took
          </Head>
        </tr>
      </thead>
      <tbody role="rowgroup" id="tasks">
        {rows.map((task) => (
          <Row task={task} now={now} timeZone={timeZone} region={region} />
        ))}
      </tbody>
    </table>
  )
}

interface HeadProps {
  readonly sort: keyof typeof shortFieldNames
  readonly address: Address
  readonly isNumber?: boolean
  readonly children: string
}

/** A column head that sorts; pressed again it turns the order round. */
function Head({ sort, address, isNumber = false, children }: HeadProps) {
  const field: string = shortFieldNames[sort]
  const given = address.sort?.replace(/^-/, '') ?? ''
  const isSorted = given === sort || given === field
  const isDown = isSorted && (address.sort?.startsWith('-') === true) !== (address.order === 'desc')
  const order = isSorted ? (isDown ? 'asc' : 'desc') : isNumber ? 'desc' : 'asc'
  return (
    <th
      role="columnheader"
      scope="col"
      class={isNumber ? 'number' : undefined}
      aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}
    >
      <a href={hrefOf(address, { sort, order })}>
        {children}
        <span class="arrow" aria-hidden="true">
          {isSorted ? (isDown ? ' ↓' : ' ↑') : ''}
        </span>
      </a>
    </th>
  )
}

function Row({ task, now, timeZone, region }: { readonly task: DownloadTask } & Pick<TaskTableProps, 'now' | 'timeZone' | 'region'>) {
  const { backupSetDownloadTaskId: id, backupSetDownloadTaskName: name, backupSetDbType: database, backupSetDataFormat: format } = task
  const { backupSetDataSize: size, durationMs, errMessage } = task
  return (
    <tr role="row" data-task={pathPart(id)} class={task.state}>
      <td role="cell" class="c-status">
        <span data-field="status">
          <StatusMark state={task.state} status={task.backupSetDownloadStatus} />
        </span>
      </td>
      <td role="cell" class="c-task">
        <a class="task-name" href={taskHref(id, region)}>
          {name === undefined ? 'No name' : <Text>{name}</Text>}
        </a>
        <code class="task-id">
          <Text>{id}</Text>
        </code>
        <span class="message" data-field="errMessage">
          {errMessage === undefined ? null : <Text>{errMessage}</Text>}
        </span>
      </td>
      <td role="cell" class="c-database">
        {database === undefined ? <None /> : <Text>{database}</Text>}
        {format === undefined ? null : (
          <span class="quiet">
            {' '}
            <Text>{format}</Text>
          </span>
        )}
      </td>
      <td role="cell" class="c-size number" data-label="Size">
        <span data-field="backupSetDataSize" title={size === undefined ? undefined : `${size} bytes`}>
          {size === undefined ? <None /> : bytesText(size)}
        </span>
      </td>
      <td role="cell" class="c-created number" data-label="Created">
        <Age at={task.backupSetDownloadCreateTime} now={now} timeZone={timeZone} />
      </td>
      <td role="cell" class="c-took number" data-label="Took">
        <span data-field="durationMs">{durationMs === undefined ? <None /> : humanText('UTC')(durationMs, 'duration')}</span>
      </td>
    </tr>
  )
}

const None = () => <span class="none">–</span>

/** An id as a part of a path, whatever is in it; half a surrogate pair has no place in one. */
export const pathPart = (id: string): string => encodeURIComponent(id.toWellFormed())

/** The page of a task. */
const taskHref = (id: string, region: string | undefined): string =>
  `/tasks/${pathPart(id)}${region === undefined ? '' : `?region=${encodeURIComponent(region)}`}`
