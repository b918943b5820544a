import type { CompletionWords, NamedWord } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`

const offered = ({ name, summary }: NamedWord, where: string): string =>
  `complete -c backset -f -n ${where} -a ${name} -d ${quoted(summary)}`

/** A static script for fish; put it into ~/.config/fish/completions/backset.fish. */
export function fishCompletion({ first, groups, commands }: CompletionWords): string {
  const lines = [
    ...first.map((command) => offered(command, '__fish_use_subcommand')),
    ...groups.flatMap(({ name, members }) => {
      const none = members.map((member) => member.name).join(' ')
      const where = `'__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${none}'`
      return members.map((member) => offered(member, where))
    }),
    ...commands.flatMap(({ name, flags, words }) => {
      const seen = quoted(
        name
          .split(' ')
          .map((word) => `__fish_seen_subcommand_from ${word}`)
          .join('; and '),
      )
      return [
        ...words.map((word) => `complete -c backset -f -n ${seen} -a ${quoted(word)}`),
        ...flags.map(({ flag, short, summary: text, takesValue, choices }) =>
          [
            `complete -c backset -n ${seen} -l ${flag.slice(2)}`,
            ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
            ...(takesValue ? [choices.length === 0 ? '-r' : `-x -a ${quoted(choices.join(' '))}`] : ['-f']),
            `-d ${quoted(text)}`,
          ].join(' '),
        ),
      ]
    }),
  ]
  return `# backset completion for fish: backset completion fish > ~/.config/fish/completions/backset.fish\n${lines.join('\n')}\n`
}
