import type { Proof } from '@backset/core'
import * as z from 'zod'

/** What a listing knows of its completeness, as answers hold it. */
export const ProofAnswer = z
  .object({
    verdict: z
      .enum(['sealed', 'settled', 'twice', 'moving', 'short', 'partial'])
      .meta({ description: 'sealed, settled and twice: every row, once. moving and short: it could not be proved. partial: no claim' }),
    rows: z.int().meta({ description: 'Distinct rows seen' }),
    matched: z.int().meta({ description: 'Rows the listing passed on; a filter of the request comes after' }),
    pages: z.int().meta({ description: 'Pages read in the last walk' }),
    walks: z.int().meta({ description: 'Passes over the whole list' }),
    totalElements: z.int().optional().meta({ description: 'What DBS says it has' }),
    duplicates: z.int().meta({ description: 'Rows that came more than once within a walk' }),
    tellTales: z.array(z.string()).meta({ description: 'Signs that the list moved, as total-changed', example: [] }),
    firstRequestId: z.string().optional().meta({ description: "DBS's RequestId of the first page" }),
    lastRequestId: z.string().optional().meta({ description: "DBS's RequestId of the last page" }),
    requests: z.int().meta({ description: 'Requests sent, retries and re-reads included' }),
    resumedFrom: z.string().optional().meta({ description: 'Cursor the listing went on from: the verdict speaks of the rest' }),
  })
  .meta({ id: 'Proof' })

/** Whether a listing claims that it holds every row. */
export const isProved = ({ verdict }: Proof): boolean => verdict === 'sealed' || verdict === 'settled' || verdict === 'twice'
