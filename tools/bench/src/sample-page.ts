const firstGatewayId = 7_447_645_707_254_740_993n

/** A page of DescribeBackupSetDownloadTaskList as JSON, with the fields of the vendor's sample answer. */
export function samplePage(rows: number): string {
  const tasks = Array.from({ length: rows }, (_, row) => wireTask(row))
  return `{"TotalPages":1,"PageNum":0,"PageSize":${rows},"TotalElements":${rows},"Success":true,"HttpStatusCode":200,"RequestId":"4F1888AC-1138-4995-B9FE-D2734F61C058","Items":{"BackupSetDownloadTaskDetail":[${tasks.join(',')}]}}`
}

function wireTask(row: number): string {
  const id = `urx${String(row).padStart(8, '0')}`
  const link = `dbs-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/${id}.tar.gz?Expires=1642066801&OSSAccessKeyId=sample&Signature=c2FtcGxlc2FtcGxlc2FtcGxl%3D`
  const fields = {
    BackupSetDownloadTaskId: id,
    BackupSetDownloadTaskName: `数据库-${id}-ManualFull`,
    BackupPlanId: 'dbs1hvb0wwwXXXXX',
    BackupSetId: `1hxxxx${row}`,
    BackupSetCode: 'mysql-bin.000227',
    BackupSetJobType: 'FullBackup',
    BackupSetDbType: 'MySQL',
    BackupSetDataFormat: 'Native',
    BackupSetDataSize: 3_760_062 + row,
    BackupSetDownloadWay: 'auto',
    BackupSetDownloadStatus: 'finish',
    BackupSetDownloadCreateTime: 1_642_044_001_000 + row,
    BackupSetDownloadFinishTime: 1_642_044_031_000 + row,
    BackupSetDownloadTargetType: 'agent',
    BackupSetDownloadDir: 'D:\\backup\\weekly',
    BackupSetDownloadInternetUrl: `https://${link}`,
    BackupSetDownloadIntranetUrl: `https://internal.${link}`,
    ErrMessage: '',
  }
  // The one number JSON.stringify cannot write.
  return JSON.stringify(fields).replace(/}$/, `,"BackupGatewayId":${firstGatewayId + BigInt(row)}}`)
}
