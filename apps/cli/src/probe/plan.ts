import { unknownPlan, unknownTask } from './open-asker.js'
import type { Ask } from './question.js'
import { allAsks } from './questions.js'

/** Plans that are looked at until one has tasks. */
export const mostPlans = 2

/** What will be sent, a line each. */
export function planLines(backupPlanId: string | undefined): readonly string[] {
  const plan = backupPlanId ?? '(the plan)'
  const id = {
    plan: `BackupPlanId=${plan}`,
    'unknown plan': `BackupPlanId=${unknownPlan}`,
    'unknown task': `BackupSetDownloadTaskId=${unknownTask}`,
  }
  const line = ({ of, pageNum, again }: Ask): string =>
    `DescribeBackupSetDownloadTaskList ${id[of]} PageNum=${pageNum} PageSize=30${again === true ? ', again' : ''}${
      backupPlanId === undefined && of === 'plan' && pageNum === 0 && again !== true
        ? `, of up to ${mostPlans} plans until one has tasks`
        : ''
    }`
  return [
    ...(backupPlanId === undefined ? ['DescribeBackupPlanList PageNum=0 PageSize=30, or 1 where 0 is refused'] : []),
    ...allAsks.map(line),
    'GET of one download link, its first byte alone (Range: bytes=0-0), without keys',
  ]
}
