import * as z from 'zod'

/** One of the things that readiness hangs on. */
export const Check = z
  .object({
    check: z.string().meta({ description: 'What was looked at', example: 'upstream' }),
    ok: z.boolean(),
    degraded: z.literal(true).optional().meta({ description: 'It works, but not as it should' }),
    detail: z.string().meta({ description: 'What was found' }),
  })
  .meta({ id: 'Check' })
export type Check = z.infer<typeof Check>
