import type { Command, Option } from './command.js'
import type { Entry } from './commands/index.js'

// Help is made from the commands' data, and loads nothing that asks DBS: it is what people ask for most, and it should come at once.

const column = (rows: readonly (readonly [string, string])[], indent = '  '): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `${indent}${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
}

/** What `backset --help` prints. */
export function generalHelp(commands: Readonly<Record<string, Entry>>): string {
  return `backset lists backup-set download tasks of Alibaba Cloud Database Backup (DBS): every task, exactly once, or a clear word that it is not so.

Examples:
  backset list --plan dbs1hvb0wxxxxxx
  backset list --plan dbs1hvb0wxxxxxx --status finish --since 7d -o csv --out tasks.csv
  backset list --all-plans --region cn-hangzhou,cn-beijing -o ndjson
  backset get urxgrxt7xxxx -o json

Usage:
  backset COMMAND [flags]

Commands:
${column(Object.entries(commands).map(([name, { summary }]) => [name, summary] as const))}

Flags:
  -h, --help     Print this, or the help of a command
      --version  Print the version

Keys come from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or from the profiles and roles that the vendor's tools use.
`
}

function flagText(name: string, { short, kind, placeholder, choices, bare }: Option): string {
  const value = kind === 'switch' ? '' : (choices?.join('|') ?? placeholder ?? 'VALUE')
  const shown = bare === undefined ? (value === '' ? '' : ` ${value}`) : `[=${value}]`
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${shown}${kind === 'list' ? '…' : ''}`
}

function flagSummary({ summary, variable, fallback }: Option): string {
  const notes = [fallback === undefined ? undefined : `default ${fallback}`, variable].filter((note) => note !== undefined)
  return notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`
}

/** What `backset NAME --help` prints. */
export function commandHelp(name: string, { summary, usage, examples, options }: Command): string {
  const groups = new Map<string, (readonly [string, Option])[]>()
  for (const [flag, option] of Object.entries(options)) {
    const group = option.group ?? 'Flags'
    groups.set(group, [...(groups.get(group) ?? []), [flag, option]])
  }
  const sections = [...groups].map(
    ([group, flags]) => `${group}:\n${column(flags.map(([flag, option]) => [flagText(flag, option), flagSummary(option)] as const))}\n`,
  )
  return `${summary}.

Examples:
${examples.map((example) => `  ${example}`).join('\n')}

Usage:
  backset ${name}${usage === undefined ? '' : ` ${usage}`} [flags]

${sections.join('\n')}`
}
