import type { Command, Commands, Entry } from './command.js'
import type { Option, Options } from './option.js'

// Help is made from the commands' data, and loads nothing that asks DBS: it is what people ask for most, and it should come at once.

/** Rows of two columns, as helps have them. */
export function helpRows(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n')
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

/** Flags under their headings. */
export function flagSections(options: Options): string {
  const groups = new Map<string, (readonly [string, string])[]>()
  for (const [flag, option] of Object.entries(options)) {
    const group = option.group ?? 'Flags'
    groups.set(group, [...(groups.get(group) ?? []), [flagText(flag, option), flagSummary(option)]])
  }
  return [...groups].map(([group, rows]) => `${group}:\n${helpRows(rows)}\n`).join('\n')
}

const exampleLines = (examples: readonly string[]): string => `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}`

/** What `NAME --help` prints; the name is what people type: `backset list`. */
export const commandHelp = <Context>(name: string, { summary, usage, examples, options }: Command<Context>): string => `${summary}.

${exampleLines(examples)}

Usage:
  ${name}${usage === undefined ? '' : ` ${usage}`} [flags]

${flagSections(options)}`

/** Commands, a line each. */
export const commandRows = <Context>(commands: Commands<Context>): string =>
  helpRows(Object.entries(commands).map(([name, { summary }]: [string, Entry<Context>]) => [name, summary] as const))

/** What the help of a group of commands prints. */
export const groupHelp = <Context>(
  name: string,
  { summary, examples, commands }: Extract<Entry<Context>, { readonly commands: unknown }>,
): string =>
  `${summary}.

${exampleLines(examples)}

Usage:
  ${name} COMMAND [flags]

Commands:
${commandRows(commands)}

See ${name} COMMAND --help.
`
