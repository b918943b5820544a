import { createIncrementBackupSetDownload, InputError } from '@backset/core'
import type { Context } from '../command.js'
import type { CreateIncrementArgs } from '../commands/create-increment.js'
import type { DataFormat } from '../options/create.js'
import { onlyRegion, type Session } from '../session.js'
import { createTask } from './create-task.js'

/** `backset create increment` */
export async function createIncrement(args: CreateIncrementArgs, session: Session, context: Context): Promise<number> {
  const region = onlyRegion(session, 'create increment')
  const { job: jobId, 'log-file': logFile } = args
  if (jobId === undefined || logFile === undefined) {
    throw new InputError('backset create increment needs a job and one of its log files.', {
      field: jobId === undefined ? 'job' : 'log-file',
      hint: 'Give --job ID --log-file NAME; backset backups increment --plan ID shows both.',
    })
  }
  const creation = {
    operation: createIncrementBackupSetDownload,
    operationName: 'createIncrementBackupSetDownload',
    region,
    inputOf: async (clientToken: string) => ({ jobId, logFile, dataFormat: args['data-format'] as DataFormat | undefined, clientToken }),
  }
  return createTask(creation, args, session, context)
}
