import { NotFoundError } from '@backset/core'

/** The same for a task that is not there and one that may not be seen. */
export const noSuchTask = (id: string): NotFoundError =>
  new NotFoundError(`There is no download task ${JSON.stringify(id)}.`, { hint: 'A task just created may be missing for a minute.' })

/** The same for a plan that is not there and one that may not be seen. */
export const noSuchPlan = (id: string): NotFoundError =>
  new NotFoundError(`There is no backup plan ${JSON.stringify(id)}.`, { hint: 'GET /v1/backup-plans lists those there are.' })
