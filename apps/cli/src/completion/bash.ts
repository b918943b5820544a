import type { CompletionWords } from './words.js'

/** A static script for bash 3.2 and later; `source <(backset completion bash)`. */
export function bashCompletion({ commands }: CompletionWords): string {
  const cases = commands.map(({ name, flags, words }) => {
    const valued = flags.flatMap(({ flag, short, takesValue, choices }) => {
      const behind = [
        ...(takesValue ? [flag, ...(short === undefined ? [] : [short])] : []),
        ...(takesValue || choices.length > 0 ? [`${flag}=`] : []),
      ]
      return behind.length === 0 ? [] : [`      ${behind.join('|')}) choices="${choices.join(' ')}" ;;`]
    })
    return `    ${name})
      case "$flag" in
${valued.join('\n')}
      *) choices="${[...words, ...flags.map(({ flag }) => flag)].join(' ')}" ;;
      esac ;;`
  })
  return `# backset completion for bash: source <(backset completion bash)
_backset() {
  local current="\${COMP_WORDS[COMP_CWORD]}" flag="\${COMP_WORDS[COMP_CWORD-1]}" choices=""
  # bash makes --output=js three words
  if [ "$current" = "=" ]; then flag="$flag=" current=""
  elif [ "$flag" = "=" ]; then flag="\${COMP_WORDS[COMP_CWORD-2]}="
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    choices="${[...commands.map(({ name }) => name), '--help', '--version'].join(' ')}"
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _backset backset
`
}
