import type { CompletionWords, FlagWords, NamedWord } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const described = (text: string): string => text.replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', ' -')

/** What completes a value: lists word by word, and a minus sign before a word where one may stand. */
function action({ choices, isList, isSigned, path }: FlagWords): string {
  if (path !== undefined) return path === 'file' ? '_files' : '_files -/'
  if (choices.length === 0) return ' '
  return isList ? `_sequence ${isSigned ? '_backset_signed' : 'compadd'} - ${choices.join(' ')}` : `(${choices.join(' ')})`
}

function spec(words: FlagWords): string[] {
  const { flag, short, summary, takesValue, choices } = words
  const told = `[${described(summary)}]`
  if (!takesValue && choices.length > 0) return [quoted(`*${flag}=-${told}::value:${action(words)}`)]
  const value = takesValue ? `:value:${action(words)}` : ''
  return [
    quoted(`*${flag}${takesValue ? '=' : ''}${told}${value}`), // as the next word, or behind `=`
    ...(short === undefined ? [] : [quoted(`*${short}${told}${value}`)]),
  ]
}

const describedName = ({ name, summary }: NamedWord): string => `    ${quoted(`${name}:${described(summary)}`)}`

/** A static script for zsh; put it into a folder of $fpath as `_backset`. */
export function zshCompletion({ first, groups, commands }: CompletionWords): string {
  const inGroups = groups.map(
    ({ name, members }) => `    ${name})
      if (( CURRENT == 2 )); then
        names=(
${members.map(describedName).join('\n')}
        )
        _describe command names
        return
      fi
      name="$name $words[2]"
      shift words
      (( CURRENT-- )) ;;`,
  )
  const cases = commands.map(
    ({ name, flags, words }) =>
      `    ${quoted(name)}) _arguments ${[...flags.flatMap(spec), quoted(`*:word:(${words.join(' ')})`)].join(' ')} ;;`,
  )
  return `#compdef backset
# backset completion for zsh: backset completion zsh > "\${fpath[1]}/_backset"
_backset_signed() {
  compset -P '-'
  compadd "$@"
}
_backset() {
  local -a names
  names=(
${first.map(describedName).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  local name="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$name" in
${inGroups.join('\n')}
  esac
  case "$name" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_backset" ]; then _backset "$@"; else compdef _backset backset; fi
`
}
