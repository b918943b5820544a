import openApiUtil from '@alicloud/openapi-util'
import { Request } from '@alicloud/tea-typescript'
// Inside core on purpose: what is measured is the signature alone, not a call through the client.
import { signV1 } from '../../../../packages/core/src/signing/v1.js'
import { sha256Hex, signV3 } from '../../../../packages/core/src/signing/v3.js'
import { compareInProcess } from '../in-process.js'
import type { Case, Row } from '../measure.js'

const accessKey = { accessKeyId: 'sampleAccessKeyId', accessKeySecret: 'sampleAccessKeySecret' }
const parameters = { BackupPlanId: 'dbs1hvb0wwwXXXXX', PageNum: '0', PageSize: '100' }
const bodyHash = sha256Hex('')
const headers = {
  host: 'dbs-api.cn-hangzhou.aliyuncs.com',
  'x-acs-action': 'DescribeBackupSetDownloadTaskList',
  'x-acs-version': '2019-03-06',
  'x-acs-date': '2026-01-15T08:29:47Z',
  'x-acs-signature-nonce': '4f1888ac-1138-4995-b9fe-d2734f61c058',
  'x-acs-content-sha256': bodyHash,
}
const v1Parameters = {
  ...parameters,
  Action: 'DescribeBackupSetDownloadTaskList',
  Version: '2019-03-06',
  Format: 'JSON',
  Timestamp: '2026-01-15T08:29:47Z',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  SignatureNonce: '4f1888ac-1138-4995-b9fe-d2734f61c058',
  AccessKeyId: accessKey.accessKeyId,
}

const request = new Request()
Object.assign(request, { method: 'POST', pathname: '/', query: parameters, headers })

const v3Works = {
  '@alicloud/openapi-util, v3': () =>
    openApiUtil.default.getAuthorization(request, 'ACS3-HMAC-SHA256', bodyHash, accessKey.accessKeyId, accessKey.accessKeySecret),
  'core, v3': () => signV3({ method: 'POST', query: parameters, headers, bodyHash }, accessKey).authorization,
}
const v1Works = {
  '@alicloud/openapi-util, v1': () => openApiUtil.default.getRPCSignature(v1Parameters, 'POST', accessKey.accessKeySecret),
  'core, v1': () => signV1('POST', v1Parameters, accessKey).signature,
}

export const signing: Case = {
  title: 'Signing one request; both sign the same and must agree',
  async run(signal) {
    const rows: Row[] = []
    for (const works of [v3Works, v1Works]) {
      const [theirs, ours] = Object.values(works).map((work) => work())
      if (theirs !== ours) throw new Error(`The signatures differ: ${theirs} and ${ours}`)
      rows.push(...(await compareInProcess(works, signal)))
    }
    return rows
  },
}
