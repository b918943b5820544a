import { allAtOnce, openDraft, openFormat, rowOrder, rowView, type Batches, type RowKind, type RowOrder } from '@backset/formats'
import type { Context } from '../command.js'
import type { Session } from '../session.js'
import type { Query } from '../query/compile-query.js'
import { wantsColor } from './wants-color.js'

/** The flags of `outputOptions` as they came. */
interface OutputArgs {
  readonly columns?: readonly string[] | undefined
  readonly sort?: readonly string[] | undefined
  readonly query?: string | undefined
  readonly out?: string | undefined
  readonly formulas?: string | undefined
  readonly 'show-links'?: boolean | undefined
}

export interface PrintOptions {
  /** Undefined for a value that is printed as it stands. */
  readonly kind: RowKind | undefined
  readonly args: OutputArgs
  readonly session: Pick<Session, 'format' | 'signal'> & { readonly settings: Pick<Session['settings'], 'timezone'> }
  readonly context: Context
  /** Applies after sorting. */
  readonly limit?: number | undefined
  /** The only row is printed by itself. */
  readonly single?: boolean
}

/** Prints what it is given, once. Disposed of without, it leaves nothing behind. */
export interface Printer extends AsyncDisposable {
  readonly print: (batches: Batches) => Promise<void>
}

/** Judges everything that was asked of the output, and claims its file: nothing is sent before this has gone well. */
export async function openPrinter({ kind, args, session, context, limit = Infinity, single = false }: PrintOptions): Promise<Printer> {
  const { format, settings, signal } = session
  const { stdout, env } = context
  const links = args['show-links'] === true ? 'full' : 'masked'
  const { columns, sort, query: expression, out } = args
  const toTerminal = stdout.isTTY && out === undefined
  const color = out === undefined && wantsColor(env, stdout.isTTY)
  const compare = sort === undefined || kind === undefined ? undefined : rowOrder(kind, sort)
  const query = expression === undefined ? undefined : (await import('../query/compile-query.js')).compileQuery(expression)
  const view = rowView({ kind, columns, links })
  const render = await openFormat(format, {
    ...(query === undefined ? { kind, columns } : {}),
    links,
    formulas: args.formulas === 'keep' ? 'keep' : 'escape',
    timeZone: settings.timezone,
    ...(toTerminal ? { terminal: { width: stdout.width(), color } } : format === 'table' && { terminal: { color } }),
  })
  const draft = out === undefined || out === '-' ? undefined : await openDraft(out, { signal })
  const write = draft?.write ?? ((text: string) => stdout.write(text, { signal }))
  return {
    async print(batches) {
      const arranged = compare === undefined ? batches : sorted(batches, compare, limit)
      const shown =
        query === undefined ? { rows: arranged, single } : await queried(arranged, view, query, { eachRow: format === 'ndjson', single })
      for await (const text of render(shown.rows, shown)) await write(text)
      await draft?.finish()
    },
    async [Symbol.asyncDispose]() {
      await draft?.discard()
    },
  }
}

async function* sorted(batches: Batches, compare: RowOrder, limit: number): Batches {
  const rows: unknown[] = []
  for await (const batch of batches) rows.push(...batch)
  yield rows.toSorted(compare).slice(0, limit)
}

interface Shown {
  readonly rows: Batches
  /** Whether what there is to print is no list. */
  readonly single: boolean
}

/**
 * A query sees what would be printed: all rows as one array, or in ndjson one row at a time. A list that it finds is printed as rows, anything else by itself.
 */
async function queried(
  batches: Batches,
  view: (row: unknown) => unknown,
  query: Query,
  { eachRow, single }: { readonly eachRow: boolean; readonly single: boolean },
): Promise<Shown> {
  if (eachRow) return { rows: queriedOneByOne(batches, view, query), single: false }
  const rows: unknown[] = []
  for await (const batch of batches) for (const row of batch) rows.push(view(row))
  const found = query(single ? rows[0] : rows)
  return Array.isArray(found) ? { rows: allAtOnce(found), single: false } : { rows: allAtOnce([found]), single: true }
}

async function* queriedOneByOne(batches: Batches, view: (row: unknown) => unknown, query: Query): Batches {
  for await (const batch of batches) yield batch.map((row) => query(view(row))).filter((value) => value !== null)
}
