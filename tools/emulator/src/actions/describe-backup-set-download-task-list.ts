import { badValue } from '../api/refusals.js'
import { bareId } from '../world/plans.js'
import type { WireRow } from '../world/wire.js'
import type { World } from '../world/world.js'
import { everywhere, optional, paged, type Action } from './action.js'
import { pageOf, type PageSource } from './page.js'

/**
 * The tasks of a plan, or one task by its id, or both as AND. At least one id must be given (newer pages); what the service answers otherwise is not
 * documented, nor what an unknown id gets: here Param.NotFound, and an empty list.
 */
export const describeBackupSetDownloadTaskList: Action = {
  name: 'DescribeBackupSetDownloadTaskList',
  parameters: { ...everywhere, ...paged, BackupPlanId: optional, BackupSetDownloadTaskId: optional, RegionId: optional },
  run(parameters, { world, shapes }) {
    const planId = parameters.text('BackupPlanId')
    const taskId = parameters.text('BackupSetDownloadTaskId')
    if (planId === undefined && taskId === undefined) throw badValue('BackupPlanId')
    const rows = taskId === undefined ? ofPlan(world, planId ?? '') : listOf(oneTask(world, taskId, planId))
    const shown = (seen: readonly WireRow[]): void => world.progress.look(seen)
    return pageOf(parameters, { ...rows, rowName: 'BackupSetDownloadTaskDetail', shown }, shapes)
  },
}

type Rows = Pick<PageSource<WireRow>, 'length' | 'slice'>

function ofPlan(world: World, planId: string): Rows {
  const plan = world.plan(planId)
  if (plan === undefined) return listOf([])
  const list = world.tasksOf(plan.id)
  return { length: list.length, slice: (from, to) => list.slice(from, to) }
}

function oneTask(world: World, taskId: string, planId: string | undefined): readonly WireRow[] {
  const row = world.task(taskId)
  if (row === undefined || (planId !== undefined && bareId(planId) !== bareId(String(row['BackupPlanId'])))) return []
  return [row]
}

const listOf = (rows: readonly WireRow[]): Rows => ({ length: rows.length, slice: (from, to) => rows.slice(from, to) })
