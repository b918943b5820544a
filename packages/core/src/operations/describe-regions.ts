import * as z from 'zod'
import { AnswerError } from '../errors/answer-error.js'
import { rows, text } from '../schemas/lenient.js'
import { readEnvelope, recordOf } from './envelope.js'
import { clientTokenField, ownerIdField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'DescribeRegions'

/** The ids of the regions DBS serves. */
export const describeRegions = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'read',
  input: z.strictObject({ clientToken: clientTokenField, ownerId: ownerIdField }).transform(toWire),
  output: (body) => {
    const record = recordOf(action, body)
    return { ...readEnvelope(record), regions: rows(record['Regions'], 'RegionCode').map(regionOf) }
  },
})

function regionOf(row: unknown): string {
  const region = text(row)
  if (region === undefined) throw new AnswerError(`The answer to ${action} has a region that is no text.`)
  return region
}
