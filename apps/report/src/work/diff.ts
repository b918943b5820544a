import { resolve } from 'node:path'
import { present, taskEventNames, type DownloadTask, type TaskEventName } from '@backset/core'
import { allAtOnce, exactJson, openFormat } from '@backset/formats'
import { changeRows } from '../change-rows.js'
import type { Context } from '../command.js'
import { diffLooks, type Diff } from '../diff/diff-looks.js'
import { openLook, type Look } from '../diff/look.js'
import { terminalOf } from '../terminal.js'

export interface DiffArgs {
  readonly words: readonly string[]
  readonly output?: string | undefined
}

/**
 * Prints what happened to the tasks between two exports. What a difference in how they were made may do to it is said as a warning.
 * @throws InputError for exports that cannot be compared, DbsError `wrong-file` for one that is broken
 */
export async function diff({ words: [oldName = '', laterName = ''], output }: DiffArgs, context: Context): Promise<number> {
  const { cwd, signal, stdout, stderr } = context
  const [old, later] = [await openLook(oldName, resolve(cwd, oldName), signal), await openLook(laterName, resolve(cwd, laterName), signal)]
  const found = await diffLooks(old, later, signal)
  for (const warning of warningsOf(old, later)) await stderr.write(`backset-report: warning: ${warning}\n`)
  const asJson = output === undefined ? !stdout.isTTY : output === 'json'
  for await (const text of asJson ? documentOf(found) : tableOf(found, context)) await stdout.write(text)
  return 0
}

function warningsOf(old: Look, later: Look): readonly string[] {
  const [a, b] = [old.manifest, later.manifest]
  const incomplete = [old, later].filter(({ manifest }) => manifest?.complete === false).map(({ name }) => name)
  const differ =
    a && b ? (['source', 'filter', 'window'] as const).filter((what) => JSON.stringify(a[what]) !== JSON.stringify(b[what])) : []
  return [
    ...(b !== undefined && a !== undefined && b.due < a.due ? [`${later.name} is older than ${old.name}.`] : []),
    ...incomplete.map((name) => `${name} was not proved complete: what is missing in it may seem created or gone.`),
    ...(differ.length === 0 ? [] : [`They differ in ${differ.join(', ')}: a task that one of them leaves out seems created or gone.`]),
  ]
}

/** `{created, changed, finished, failed, gone}`, a task a line. */
function* documentOf(found: Diff): Generator<string, void, undefined> {
  for (const [at, name] of taskEventNames.entries()) {
    yield `${at === 0 ? '{' : ','}\n"${name}":`
    const tasks = found[name]
    for (const [place, task] of tasks.entries()) yield `${place === 0 ? '[\n' : ',\n'}${exactJson(shown(task))}`
    yield tasks.length === 0 ? '[]' : '\n]'
  }
  yield '\n}\n'
}

/** An export may hold links in full; what is printed here does not. */
const shown = (task: DownloadTask): DownloadTask => present(task, { links: 'masked' })

async function* tableOf(found: Diff, context: Context): AsyncGenerator<string, void, undefined> {
  const rows = taskEventNames.flatMap((change: TaskEventName) => found[change].map((task) => ({ change, ...task })))
  if (rows.length > 0) {
    const render = await openFormat('table', { kind: changeRows, terminal: terminalOf(context) })
    yield* render(allAtOnce(rows))
  }
  yield `${taskEventNames.map((name) => `${name} ${found[name].length}`).join(', ')}\n`
}
