import type { DownloadTask, TaskState } from '@backset/core'
import { isolated, markup, type Markup } from './markup.js'

/** Each state has its own shape, so that colour says nothing that the shape and the word do not; on paper too. */
const shapes: Readonly<Record<TaskState, string>> = { active: '▶', done: '✓', failed: '✕', suspended: '‖', unknown: '?' }

/** The word of the service, with the shape of our group. */
export const statusMark = ({ state, backupSetDownloadStatus: status }: Pick<DownloadTask, 'state' | 'backupSetDownloadStatus'>): Markup =>
  markup`<span class="mark ${state}"><span aria-hidden="true">${shapes[state]}</span> ${isolated(status ?? state)}</span>`
