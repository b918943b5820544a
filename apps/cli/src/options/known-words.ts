import { nearestName } from '@backset/core'

/**
 * Words that DBS documents for fields whose list is open: for job types those of logical backups alone (DescribeBackupSetDownloadTaskList), for databases
 * those of CreateBackupPlan. Others may come, so a filter takes any.
 */
export const knownWords = {
  'db-type': ['MySQL', 'MSSQL', 'Oracle', 'MariaDB', 'PostgreSQL', 'DRDS', 'MongoDB', 'Redis', 'PPAS'],
  'job-type': ['cbs_backup_sub_full', 'cbs_backup_sub_cont'],
} as const

type Flag = keyof typeof knownWords

/** Whole sentences on words that nobody documents, one each: most likely they are misspelt, and no task passes. */
export function oddWords(args: { readonly [Name in Flag]?: readonly string[] | undefined }): readonly string[] {
  return (Object.keys(knownWords) as Flag[]).flatMap((flag) => {
    const known: readonly string[] = knownWords[flag]
    const odd = (args[flag] ?? []).filter((word) => !known.some((one) => one.toLowerCase() === word.toLowerCase()))
    return odd.map((word) => {
      const nearest = nearestName(word, known)
      const remedy = nearest === undefined ? `Documented are ${known.join(', ')}.` : `Did you mean ${nearest}?`
      return `--${flag} ${JSON.stringify(word)} is no word that DBS documents; it is looked for all the same. ${remedy}`
    })
  })
}
