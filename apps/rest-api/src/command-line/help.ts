import { commandRows, flagSections, helpRows, type Options } from '@backset/settings'
import { keyCommands } from './keys.js'

/** What `backset-api --help` prints. */
export const serverHelp = (options: Options): string =>
  `Serves backup-set download tasks of Alibaba Cloud Database Backup (DBS) over HTTP, with a dashboard, to those who have no cloud keys.

Examples:
  backset-api --region cn-hangzhou
  backset-api keys add grafana --scope metrics:read --keys /etc/backset/keys.json
  backset-api --region cn-hangzhou,cn-beijing --host 0.0.0.0 --keys /etc/backset/keys.json --state-dir /var/lib/backset

Usage:
  backset-api [flags]
  backset-api keys add|list|revoke …    see backset-api keys --help

${flagSections(options)}
Flags that stand alone:
${helpRows([
  ['-h, --help', 'Print this'],
  ['--version', 'Print the version'],
])}

Keys of DBS come from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or from the profiles and roles that the vendor's tools use.
`

/** What `backset-api keys --help` prints. */
export const keysHelp =
  (): string => `Makes, shows and revokes the keys of this API. A server that runs reads the file again within a second.

Examples:
  backset-api keys add dashboard --keys keys.json
  backset-api keys add billing --scope tasks:read,links:read --plan dbs1hvb0wxxxxxx --expires 90d --keys keys.json
  backset-api keys list --keys keys.json
  backset-api keys revoke billing --keys keys.json

Usage:
  backset-api keys COMMAND [flags]

Commands:
${commandRows(keyCommands)}

See backset-api keys COMMAND --help.
`
