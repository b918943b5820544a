import type { CompletionWords } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`

/** A static script for fish; put it into ~/.config/fish/completions/backset.fish. */
export function fishCompletion({ commands }: CompletionWords): string {
  const lines = commands.flatMap(({ name, summary, flags, words }) => [
    `complete -c backset -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...words.map((word) => `complete -c backset -f -n '__fish_seen_subcommand_from ${name}' -a ${word}`),
    ...flags.map(({ flag, short, summary: text, takesValue, choices }) =>
      [
        `complete -c backset -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`,
        ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
        ...(takesValue ? [choices.length === 0 ? '-r' : `-x -a ${quoted(choices.join(' '))}`] : ['-f']),
        `-d ${quoted(text)}`,
      ].join(' '),
    ),
  ])
  return `# backset completion for fish: backset completion fish > ~/.config/fish/completions/backset.fish\n${lines.join('\n')}\n`
}
