import * as z from 'zod'
import { readCreated } from './created-task.js'
import { clientTokenField, dataFormatField, idField, ownerIdField, toWire } from './fields.js'
import { defineOperation } from './operation.js'

const action = 'CreateFullBackupSetDownload'

/** Makes and starts a download task from a full backup set. */
export const createFullBackupSetDownload = defineOperation({
  action,
  version: '2019-03-06',
  safety: 'create',
  input: z
    .strictObject({
      backupSetId: idField('backupSetId'),
      /** DBS's own default is CSV. */
      dataFormat: dataFormatField,
      clientToken: clientTokenField,
      ownerId: ownerIdField,
    })
    .transform(({ dataFormat, ...rest }) => toWire({ ...rest, backupSetDataFormat: dataFormat })),
  output: (body) => readCreated(action, body),
})
