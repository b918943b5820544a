import type { Flag, Flags } from './flags.js'

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

function flagRow([name, { form, short, takes = 'VALUE', summary, fallback, variable }]: readonly [string, Flag]): readonly [
  string,
  string,
] {
  const value = form === 'switch' ? '' : ` ${takes}${form === 'list' ? '…' : ''}`
  const notes = [fallback === undefined ? undefined : `default ${fallback}`, variable].filter((note) => note !== undefined)
  return [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value}`,
    notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`,
  ]
}

const flagTable = (flags: Flags): string => table(Object.entries(flags).map(flagRow))

/** What `backset-api --help` prints. */
export const serverHelp = (
  own: Flags,
  shared: Flags,
): string => `Serves backup-set download tasks of Alibaba Cloud Database Backup (DBS) over HTTP, with a dashboard, to those who have no cloud keys.

Examples:
  backset-api --region cn-hangzhou
  backset-api keys add grafana --scope metrics:read --keys /etc/backset/keys.json
  backset-api --region cn-hangzhou,cn-beijing --host 0.0.0.0 --keys /etc/backset/keys.json --state-dir /var/lib/backset

Usage:
  backset-api [flags]
  backset-api keys add|list|revoke …    see backset-api keys --help

Flags:
${flagTable(own)}
  -h, --help     Print this
      --version  Print the version

Asking DBS:
${flagTable(shared)}

Keys of DBS come from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or from the profiles and roles that the vendor's tools use.
`

/** What `backset-api keys --help` prints. */
export const keysHelp = (
  flags: Flags,
): string => `Makes, shows and revokes the keys of this API. A server that runs reads the file again within a second.

Examples:
  backset-api keys add dashboard --keys keys.json
  backset-api keys add billing --scope tasks:read,links:read --plan dbs1hvb0wxxxxxx --expires 90d --keys keys.json
  backset-api keys list --keys keys.json
  backset-api keys revoke billing --keys keys.json

Usage:
  backset-api keys add NAME [flags]          prints the key, this once
  backset-api keys list [flags]
  backset-api keys revoke NAME|ID [flags]

Flags:
${flagTable(flags)}
`
