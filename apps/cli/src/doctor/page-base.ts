import { AnswerError, DbsError, describeBackupSetDownloadTaskList } from '@backset/core'
import { defineCheck } from './check.js'
import { openClient } from './open-client.js'

/** From where DBS counts pages: 0, by all that is written; no document says it in words. */
export const pageBaseCheck = defineCheck({
  name: 'page-base',
  needs: ['settings', 'credentials', 'region-host', 'permission'],
  async run(known, scene) {
    const { backupPlanId } = known.permission
    if (backupPlanId === undefined) return { result: 'skipped', detail: 'There is no plan to ask about.', hint: 'Give one with --plan.' }
    await using client = openClient(known, scene)
    const page = (pageNum: number) =>
      client.send(describeBackupSetDownloadTaskList, { backupPlanId, pageNum, pageSize: 30 }, { signal: scene.signal })
    const zero = await page(0).catch((error: unknown) => {
      if (error instanceof DbsError && (error.code === 'refused' || error.code === 'not-found')) return error
      throw error
    })
    if (zero instanceof DbsError) {
      await page(1).catch(() => {
        throw zero
      })
      return fromOne('page 0 is refused')
    }
    if (zero.pageNum !== 0 && zero.pageNum !== 1)
      throw new AnswerError(`DBS was asked for page 0 and says that it answers with page ${zero.pageNum ?? 'unknown'}.`, {
        hint: 'A listing would take note of it and read twice; look at what stands between.',
      })
    const [first] = zero.items
    const one = first === undefined && zero.totalElements === 0 ? undefined : await page(1)
    if (one?.items[0] !== undefined && (first === undefined || first.backupSetDownloadTaskId === one.items[0].backupSetDownloadTaskId))
      return fromOne(first === undefined ? 'page 0 is empty' : 'pages 0 and 1 are the same')
    if (zero.pageNum === 1) return fromOne('page 0 calls itself page 1')
    const seen =
      one?.items[0] === undefined
        ? 'by its echo; one page holds all tasks, so there is nothing to compare'
        : 'page 1 goes on where page 0 ends'
    return { result: 'ok', detail: `pages count from 0: ${seen}`, fact: 0 }
  },
})

/** Listings notice and cope; whoever asks for single pages should know. */
const fromOne = (seen: string) =>
  ({
    result: 'warning',
    detail: `pages count from 1: ${seen}`,
    hint: 'Listings cope with it; with --page-num the first page is 1.',
    fact: 1,
  }) as const
