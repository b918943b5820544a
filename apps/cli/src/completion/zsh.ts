import type { CompletionWords, FlagWords } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const described = (text: string): string => text.replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', ' -')

const spec = ({ flag, short, summary, takesValue, choices }: FlagWords): string[] =>
  [flag, ...(short === undefined ? [] : [short])].map((name) =>
    quoted(`*${name}[${described(summary)}]${takesValue ? `:value:${choices.length === 0 ? '' : `(${choices.join(' ')})`}` : ''}`),
  )

/** A static script for zsh; put it into a folder of $fpath as `_backset`. */
export function zshCompletion({ commands }: CompletionWords): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${described(summary)}`)}`)
  const cases = commands.map(
    ({ name, flags, words }) =>
      `    ${name}) _arguments ${[...flags.flatMap(spec), ...(words.length === 0 ? [] : [quoted(`1:word:(${words.join(' ')})`)])].join(' ')} ;;`,
  )
  return `#compdef backset
# backset completion for zsh: backset completion zsh > "\${fpath[1]}/_backset"
_backset() {
  local -a names
  names=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  local name="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$name" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_backset" ]; then _backset "$@"; else compdef _backset backset; fi
`
}
