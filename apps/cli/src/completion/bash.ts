import type { CompletionWords } from './words.js'

/** A static script for bash 3.2 and later; `source <(backset completion bash)`. */
export function bashCompletion({ commands }: CompletionWords): string {
  const cases = commands.map(({ name, flags, words }) => {
    const valued = flags.flatMap(({ flag, short, takesValue, choices }) =>
      takesValue ? [`      ${short === undefined ? flag : `${flag}|${short}`}) choices="${choices.join(' ')}" ;;`] : [],
    )
    return `    ${name})
      case "$previous" in
${valued.join('\n')}
      *) choices="${[...words, ...flags.map(({ flag }) => flag)].join(' ')}" ;;
      esac ;;`
  })
  return `# backset completion for bash: source <(backset completion bash)
_backset() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" choices=""
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
