import { InputError } from '@backset/core'
import * as z from 'zod'
import type { Kind } from './kinds.js'
import type { Settings } from './setting.js'

/** Settings as they stand in a file: a zod object whose keys are their names, each optional and checked as everywhere. Values stay as written. */
export const fileSchema = (definitions: Settings) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(definitions).map(([name, { kind, summary }]) => [
        name,
        z
          .unknown()
          .superRefine((input, context) => {
            if (input === undefined || input === null) return // a key with nothing after it sets nothing
            try {
              kind.read(input, name)
            } catch (error) {
              if (!(error instanceof InputError)) throw error
              context.addIssue({ code: 'custom', message: error.message })
            }
          })
          .optional()
          .meta({ description: summary, ...jsonSchemaOf(kind) }),
      ]),
    ),
  )

/** What editors are told of a value; the kind itself judges it. */
function jsonSchemaOf({ form, choices }: Kind<unknown>): Readonly<Record<string, unknown>> {
  if (choices !== undefined) return { enum: choices.flatMap((word) => (/^\d+$/.test(word) ? [Number(word), word] : [word])) }
  if (form === 'switch') return { type: ['boolean', 'string'] }
  return form === 'list' ? { type: ['string', 'array'], items: { type: 'string' } } : { type: ['string', 'number'] }
}
