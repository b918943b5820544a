import { AnswerError } from '../errors/answer-error.js'
import { text } from '../schemas/lenient.js'
import { readEnvelope, recordOf, type Envelope } from './envelope.js'

export interface CreatedTask extends Envelope {
  readonly backupSetDownloadTaskId: string
}

export function readCreated(action: string, body: unknown): CreatedTask {
  const record = recordOf(action, body)
  const id = text(record['BackupSetDownloadTaskId'])
  if (id === undefined) throw new AnswerError(`The answer to ${action} has no BackupSetDownloadTaskId.`)
  return { ...readEnvelope(record), backupSetDownloadTaskId: id }
}
