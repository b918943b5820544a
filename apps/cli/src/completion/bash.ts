import type { CompletionWords } from './words.js'

/** A static script for bash 3.2 and later; `source <(backset completion bash)`. */
export function bashCompletion({ first, groups, commands }: CompletionWords): string {
  const cases = commands.map(({ name, flags, words }) => {
    const valued = flags.flatMap(({ flag, short, takesValue, isList, isSigned, choices }) => {
      const behind = [
        ...(takesValue ? [flag, ...(short === undefined ? [] : [short])] : []),
        ...(takesValue || choices.length > 0 ? [`${flag}=`] : []),
      ]
      const form = choices.length === 0 ? '' : `${isList ? ' list=1' : ''}${isSigned ? ' sign=1' : ''}`
      return behind.length === 0 ? [] : [`      ${behind.join('|')}) choices="${choices.join(' ')}"${form} ;;`]
    })
    return `    "${name}")
      case "$flag" in
${valued.join('\n')}
      *) choices="${[...words, ...flags.map(({ flag }) => flag)].join(' ')}" ;;
      esac ;;`
  })
  const inGroups = groups.map(
    ({ name, members }) => `    ${name})
      if [ "$COMP_CWORD" -eq 2 ]; then choices="${[...members.map((member) => member.name), '--help'].join(' ')}" name=""
      else name="$name \${COMP_WORDS[2]}"
      fi ;;`,
  )
  return `# backset completion for bash: source <(backset completion bash)
_backset() {
  local current="\${COMP_WORDS[COMP_CWORD]}" flag="\${COMP_WORDS[COMP_CWORD-1]}" name="\${COMP_WORDS[1]}" choices="" list="" sign="" before=""
  # bash makes --output=js three words
  if [ "$current" = "=" ]; then flag="$flag=" current=""
  elif [ "$flag" = "=" ]; then flag="\${COMP_WORDS[COMP_CWORD-2]}="
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    choices="${[...first.map(({ name }) => name), '--help', '--version'].join(' ')}"
  else
    case "$name" in
${inGroups.join('\n')}
    esac
    case "$name" in
${cases.join('\n')}
    esac
  fi
  if [ -n "$list" ] && [ "$current" != "\${current%,*}" ]; then before="\${current%,*}," current="\${current##*,}"; fi
  if [ -n "$sign" ] && [ "$current" != "\${current#-}" ]; then before="$before-" current="\${current#-}"; fi
  COMPREPLY=($(compgen -P "$before" -W "$choices" -- "$current"))
}
complete -o default -F _backset backset
`
}
