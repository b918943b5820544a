import type { CompletionWords, NamedWord } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`

const offered = ({ name, summary }: NamedWord, where: string): string =>
  `complete -c backset -f -n ${where} -a ${name} -d ${quoted(summary)}`

/** How many words stand before the one that is completed, the program among them. */
const wordsBefore = (count: number): string => `test (count (commandline -opc)) -eq ${count}`

/** A static script for fish; put it into ~/.config/fish/completions/backset.fish. */
export function fishCompletion({ first, groups, commands }: CompletionWords): string {
  const lines = [
    ...first.map((command) => offered(command, quoted(wordsBefore(1)))),
    ...groups.flatMap(({ name, members }) =>
      members.map((member) => offered(member, quoted(`__backset_is ${name}; and ${wordsBefore(2)}`))),
    ),
    ...commands.flatMap(({ name, flags, words }) => [
      ...words.map((word) => `complete -c backset -f -n '__backset_is ${name}' -a ${quoted(word)}`),
      ...flags.map(({ flag, short, summary: text, takesValue, choices }) =>
        [
          `complete -c backset -n '__backset_is ${name}' -l ${flag.slice(2)}`,
          ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
          ...(takesValue ? [choices.length === 0 ? '-r' : `-x -a ${quoted(choices.join(' '))}`] : ['-f']),
          `-d ${quoted(text)}`,
        ].join(' '),
      ),
    ]),
  ]
  return `# backset completion for fish: backset completion fish > ~/.config/fish/completions/backset.fish
function __backset_is
  set -l words (commandline -opc)
  set -e words[1]
  string match -q -- "$argv *" "$words "
end
${lines.join('\n')}
`
}
