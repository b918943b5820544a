import { badValue, ServiceFailure } from '../api/refusals.js'
import type { Shape } from '../scenario/scenario.js'
import { shapeItems, shapeOf } from '../scenario/shapes.js'
import type { Tree } from '../world/wire.js'
import type { Parameters } from './action.js'

export interface PageSource<Row extends Tree> {
  readonly rowName: string
  readonly length: number
  readonly slice: (from: number, to: number) => readonly Row[]
  /** Told of the rows that are shown. */
  readonly shown?: (rows: readonly Row[]) => void
}

/** PageSize of the lists; DescribeBackupPlanList alone takes 1 to 100. */
const listSizes = (size: number): boolean => size === 30 || size === 50 || size === 100

const largestInteger = 2_147_483_647

/** One page of a list, counted from 0 as the default value and the vendor's Terraform provider say. What lies outside the domain is refused; no page says how. */
export function pageOf<Row extends Tree>(
  parameters: Parameters,
  { rowName, length, slice, shown }: PageSource<Row>,
  shapes: readonly Shape[],
  takesSize = listSizes,
): Readonly<Record<string, Tree>> {
  const pageSize = parameters.number('PageSize') ?? 30
  const pageNum = parameters.number('PageNum') ?? 0
  if (!takesSize(pageSize)) throw badValue('PageSize')
  if (pageNum < 0 || pageNum > largestInteger) throw badValue('PageNum')

  const fromOne = shapeOf(shapes, 'pages-from-one')
  if (fromOne?.zero === 'refused' && pageNum === 0) throw badValue('PageNum')
  const asked = fromOne === undefined ? pageNum : Math.max(pageNum, 1) - 1
  const index = withinEnd(asked, Math.max(0, Math.ceil(length / pageSize) - 1), shapes)
  const [from, to] = [index * pageSize, Math.min((index + 1) * pageSize, length)]
  const isReversed = shapeOf(shapes, 'oldest-first') !== undefined
  const cut = from >= to ? [] : isReversed ? slice(length - to, length - from).toReversed() : slice(from, to)
  const rows = distort(cut, shapes)
  shown?.(rows)

  const total = length + (shapeOf(shapes, 'extra-total')?.rows ?? 0)
  const items = shapeItems(rows, rowName, shapes)
  return {
    PageNum: pageNum + (shapeOf(shapes, 'wrong-page-echo')?.by ?? 0),
    PageSize: pageSize,
    ...(shapeOf(shapes, 'no-total') === undefined ? { TotalElements: total, TotalPages: Math.ceil(total / pageSize) } : {}),
    ...(items === undefined ? {} : { Items: items }),
  }
}

/** The page that is shown for one behind the last. */
function withinEnd(index: number, last: number, shapes: readonly Shape[]): number {
  const beyond = shapeOf(shapes, 'beyond-end')
  if (beyond === undefined || index <= last) return index
  if (beyond.answer === 'refused') throw new ServiceFailure(beyond.code, 'The specified parameter PageNum value is not valid.')
  return beyond.answer === 'first-page' ? 0 : last
}

function distort<Row>(rows: readonly Row[], shapes: readonly Shape[]): readonly Row[] {
  const short = shapeOf(shapes, 'short-page')
  const left = short === undefined ? rows : rows.slice(0, Math.max(0, rows.length - short.rows))
  const [first] = left
  return first === undefined || left.length < 2 || shapeOf(shapes, 'repeated-row') === undefined ? left : [...left.slice(0, -1), first]
}
