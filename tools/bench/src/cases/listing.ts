import RPCClient from '@alicloud/pop-core'
import { DbsClient } from '@backset/core'
import { withEmulator, type Emulator } from '../emulator.js'
import { median, seconds, timesAsFast, type Case } from '../measure.js'

const tasks = 10_000
const pageSize = 100
/** In turn, each with a new client; medians count. */
const rounds = 5

export const listing: Case = {
  title: `Listing ${tasks.toLocaleString('en')} tasks, ${pageSize} a page, an answer takes 80 ms`,
  run: (signal) =>
    withEmulator(['--tasks', String(tasks), '--latency', '80ms'], signal, async (emulator) => {
      const [vendorMs, oursMs] = [[] as number[], [] as number[]]
      for (let round = 0; round < rounds; round++) {
        vendorMs.push(await timed(() => listWithPopCore(emulator)))
        oursMs.push(await timed(() => listWithBackset(emulator, signal)))
      }
      return [
        { what: '@alicloud/pop-core, page by page', figure: seconds(median(vendorMs)) },
        { what: 'client.listDownloadTasks, proved', figure: seconds(median(oursMs)), ratio: timesAsFast(median(vendorMs), median(oursMs)) },
      ]
    }),
}

/** As the vendor's samples do it: ask for a page, then for the next. */
async function listWithPopCore({ url, accessKeyId, accessKeySecret, planId }: Emulator): Promise<number> {
  const client = new RPCClient({ endpoint: url, apiVersion: '2019-03-06', accessKeyId, accessKeySecret })
  let rows = 0
  for (let pageNum = 0; rows < tasks; pageNum++) {
    const parameters = { BackupPlanId: planId, PageNum: pageNum, PageSize: pageSize }
    const { Items } = await client.request<{ Items: { BackupSetDownloadTaskDetail: unknown[] } }>(
      'DescribeBackupSetDownloadTaskList',
      parameters,
      { method: 'POST' },
    )
    if (Items.BackupSetDownloadTaskDetail.length === 0) break
    rows += Items.BackupSetDownloadTaskDetail.length
  }
  return rows
}

async function listWithBackset({ url, accessKeyId, accessKeySecret, planId }: Emulator, signal: AbortSignal): Promise<number> {
  await using client = new DbsClient({ endpoint: url, credentials: { accessKeyId, accessKeySecret } })
  const found = client.listDownloadTasks({ backupPlanId: planId }, { signal })
  let rows = 0
  for await (const task of found) if (task.backupPlanId === planId) rows++
  if (found.proof?.verdict !== 'sealed') throw new Error(`The list is ${found.proof?.verdict}, not sealed.`)
  return rows
}

async function timed(list: () => Promise<number>): Promise<number> {
  const start = performance.now()
  const rows = await list()
  if (rows !== tasks) throw new Error(`${rows} rows came, not ${tasks}.`)
  return performance.now() - start
}
