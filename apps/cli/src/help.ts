import { commandRows } from '@backset/settings'
import { commands } from './commands/index.js'

/** What `backset --help` prints. */
export function generalHelp(): string {
  return `backset lists backup-set download tasks of Alibaba Cloud Database Backup (DBS): every task, exactly once, or a clear word that it is not so.

Examples:
  backset list --plan dbs1hvb0wxxxxxx
  backset list --plan dbs1hvb0wxxxxxx --status finish --since 7d -o csv --out tasks.csv
  backset list --all-plans --region cn-hangzhou,cn-beijing -o ndjson
  backset get urxgrxt7xxxx -o json
  backset create full --plan dbs1hvb0wxxxxxx --latest --fetch backups
  backset fetch urxgrxt7xxxx -d backups

Usage:
  backset COMMAND [flags]

Commands:
${commandRows(commands)}

Flags:
  -h, --help     Print this, or the help of a command
      --version  Print the version

Keys come from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or from the profiles and roles that the vendor's tools use.
`
}
