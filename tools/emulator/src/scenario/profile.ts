import * as z from 'zod'
import { Rule, type Shape } from './scenario.js'

const items = z.enum(['missing', 'null', 'text', 'array', 'object', 'inner-array', 'inner-null', 'inner-text'])

/** What of a probe.json, as `backset probe` writes it, the emulator can play. What was not seen is null; the rest is for people. */
const Profile = z.object({
  kind: z.literal('backset-probe'),
  version: z.literal(1),
  findings: z.object({
    pageBase: z.object({ base: z.union([z.literal(0), z.literal(1)]).nullable(), zero: z.enum(['as-one', 'refused']).nullable() }),
    emptyShape: z.object({ items: z.union([items, z.literal('other')]).nullable() }),
    beyondEnd: z.object({ answer: z.enum(['empty', 'first-page', 'last-page', 'refused']).nullable(), serviceCode: z.string().nullable() }),
    order: z.object({ createTime: z.enum(['newest-first', 'oldest-first', 'none']).nullable() }),
  }),
})

/** A profile as it is written. */
export type Profile = z.input<typeof Profile>

/** The list that the probe measures. */
const action = 'DescribeBackupSetDownloadTaskList'

/**
 * A profile as rules that always hold; what was not seen stays as the emulator has it.
 * @throws Error that names each fault and where it stands
 */
export function readProfile(value: unknown): readonly z.output<typeof Rule>[] {
  const parsed = Profile.safeParse(value)
  if (!parsed.success) throw new Error(`This is no probe.json of backset probe.\n${z.prettifyError(parsed.error)}`)
  const { pageBase, emptyShape, beyondEnd, order } = parsed.data.findings
  const shapes: readonly Shape[] = [
    ...(pageBase.base === 1 ? [{ kind: 'pages-from-one' as const, zero: pageBase.zero ?? 'as-one' }] : []),
    ...(emptyShape.items === null || emptyShape.items === 'other' ? [] : [{ kind: 'empty' as const, items: emptyShape.items }]),
    ...(beyondEnd.answer === null || beyondEnd.answer === 'empty'
      ? []
      : [{ kind: 'beyond-end' as const, answer: beyondEnd.answer, code: beyondEnd.serviceCode ?? 'Param.NotFound' }]),
    ...(order.createTime === 'oldest-first' ? [{ kind: 'oldest-first' as const }] : []),
  ]
  return shapes.map((shape) => Rule.parse({ action, shape }))
}
