import type { CompletionWords, FlagWords, NamedWord } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`

const offered = ({ name, summary }: NamedWord, where: string): string =>
  `complete -c backset -f -n ${where} -a ${name} -d ${quoted(summary)}`

/** How many words stand before the one that is completed, the program among them. */
const wordsBefore = (count: number): string => `test (count (commandline -opc)) -eq ${count}`

/** What may stand behind a flag: a value of its own, one behind `=` alone, or none. */
function value({ takesValue, isList, isSigned, choices, path }: FlagWords): string {
  if (path !== undefined) return path === 'file' ? '-rF' : "-x -a '(__fish_complete_directories)'"
  const words = choices.join(' ')
  if (words === '') return takesValue ? '-x' : '-f'
  const offers = isList ? `(__backset_list ${isSigned ? '- ' : '"" '}${words})` : words
  return `${takesValue ? '-x' : '-f'} -a ${quoted(offers)}`
}

/** A static script for fish; put it into ~/.config/fish/completions/backset.fish. */
export function fishCompletion({ first, groups, commands }: CompletionWords): string {
  const lines = [
    ...first.map((command) => offered(command, quoted(wordsBefore(1)))),
    ...groups.flatMap(({ name, members }) =>
      members.map((member) => offered(member, quoted(`__backset_is ${name}; and ${wordsBefore(2)}`))),
    ),
    ...commands.flatMap(({ name, flags, words: ownWords }) => [
      ...ownWords.map((word) => `complete -c backset -f -n '__backset_is ${name}' -a ${quoted(word)}`),
      ...flags.map((words) =>
        [
          `complete -c backset -n '__backset_is ${name}' -l ${words.flag.slice(2)}`,
          ...(words.short === undefined ? [] : [`-s ${words.short.slice(1)}`]),
          value(words),
          `-d ${quoted(words.summary)}`,
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
# What may follow the last comma, behind what stands before it; first the sign that a word may bear.
function __backset_list
  set -l token (string replace -r -- '^--[^=]*=' '' (commandline -ct))
  set -l before (string replace -r -- '[^,]*$' '' "$token")
  set -l last (string replace -r -- '^.*,' '' "$token")
  set -l sign $argv[1]
  if not string match -q -- "$sign*" "$last"
    set sign ""
  end
  printf '%s\\n' "$before$sign"$argv[2..-1]
end
# No command takes a file but behind a flag.
complete -c backset -f
${lines.join('\n')}
`
}
