import * as z from 'zod'
import { ReportFile } from './schema.js'

/** The JSON Schema of report files, for editors; `report.schema.json` is a copy of it. */
export function reportSchema(): object {
  const schema = z.toJSONSchema(ReportFile, { io: 'input', target: 'draft-7', reused: 'inline' })
  return { title: 'Reports of backset-report', ...schema }
}
