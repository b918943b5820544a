import { taskStates, type DownloadTask, type TaskState } from '@backset/core'
import { Text } from './text.js'

/** Each state has its own shape, so that colour says nothing that the shape and the word do not. */
const shapes: Readonly<Record<TaskState, string>> = {
  active: 'M8 1.5a6.5 6.5 0 1 0 6.5 6.5M8 4.5V8l2.5 1.5',
  done: 'M2.5 8.5l3.5 3.5 7.5-8',
  failed: 'M3 3l10 10M13 3L3 13',
  suspended: 'M5 3v10M11 3v10',
  unknown: 'M5 5.5a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M8 12.6v.9',
}

const Shape = ({ state }: { readonly state: TaskState }) => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2">
    <path d={shapes[state]} />
  </svg>
)

/** A status: shape, the service's word, and our group where the word does not say it. */
export const StatusMark = ({ state, status }: { readonly state: TaskState; readonly status: DownloadTask['backupSetDownloadStatus'] }) => (
  <span class={`status ${state}`}>
    <Shape state={state} /> {status === undefined ? <span class="none">none</span> : <Text>{status}</Text>}{' '}
    {status === undefined ? null : <span class="quiet">{state}</span>}
  </span>
)

/** One of each state, which live.js copies when a task comes into it. */
export const StatusTemplates = () => (
  <>
    {taskStates.map((state) => (
      <template id={`status-${state}`}>
        <StatusMark state={state} status="…" />
      </template>
    ))}
  </>
)
