import { commandRows } from '@backset/settings'
import { commands } from './commands/index.js'

/** What `backset-report --help` prints. */
export function generalHelp(): string {
  return `backset-report writes backup-set download tasks of Alibaba Cloud Database Backup (DBS) to files: each export whole, proved and accounted for.

Examples:
  backset-report validate reports.yaml
  backset-report run reports.yaml --only weekly-downloads
  backset-report verify --chain reports

Usage:
  backset-report COMMAND [flags]

Commands:
${commandRows(commands)}

Flags:
  -h, --help     Print this, or the help of a command
      --version  Print the version

Keys come from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or from the profiles and roles that the vendor's tools use.
`
}
