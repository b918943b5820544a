import { BackupPlan, presentValue } from '@backset/core'
import { planRows } from '@backset/formats'
import * as z from 'zod'

/** The fields the command line prints: where the source is and who logs in there is not among them. */
const shown = planRows.machine as readonly (keyof BackupPlan)[]

/** A backup plan as answers hold it. */
export const PlanAnswer = z
  .object(Object.fromEntries(shown.map((field) => [field, BackupPlan.shape[field]])) as Omit<typeof BackupPlan.shape, 'raw'>)
  .meta({ id: 'BackupPlan', description: 'A backup plan; how its source is reached is left out' })

/** A plan as an answer holds it, links masked. */
export const planAnswer = (plan: BackupPlan): object =>
  presentValue(Object.fromEntries(shown.flatMap((field) => (plan[field] === undefined ? [] : [[field, plan[field]]]))), {
    links: 'masked',
  }) as object
