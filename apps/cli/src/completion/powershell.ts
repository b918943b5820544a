import type { CompletionWords } from './words.js'

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`

/** A static script for PowerShell 5.1 and later; add it to $PROFILE. */
export function powershellCompletion({ first, groups, commands }: CompletionWords): string {
  const flags = commands.map(({ name, flags: of, words }) => `  ${quoted(name)} = ${list([...words, ...of.map(({ flag }) => flag)])}`)
  const choices = commands.flatMap(({ name, flags: of }) =>
    of.flatMap(({ flag, short, choices: values }) =>
      values.length === 0
        ? []
        : [flag, ...(short === undefined ? [] : [short])].map((word) => `  ${quoted(`${name} ${word}`)} = ${list(values)}`),
    ),
  )
  return `# backset completion for PowerShell: backset completion powershell | Out-String | Invoke-Expression
$backsetFlags = @{
${flags.join('\n')}
}
$backsetGroups = @{
${groups.map(({ name, members }) => `  ${quoted(name)} = ${list(members.map((member) => member.name))}`).join('\n')}
}
$backsetChoices = @{
${[...new Set(choices)].join('\n')}
}
Register-ArgumentCompleter -Native -CommandName backset -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $before = if ($word -eq '') { $words[-1] } elseif ($words.Count -gt 1) { $words[-2] } else { '' }
  $name = if ($words.Count -gt 1) { $words[1] } else { '' }
  $members = $backsetGroups[$name]
  $inGroup = $null -ne $members -and ($words.Count -eq 2 -or ($words.Count -eq 3 -and $word -ne ''))
  if ($null -ne $members -and $words.Count -gt 2) { $name = "$name $($words[2])" }
  $known = $backsetChoices["$name $before"]
  if ($words.Count -lt 2 -or ($words.Count -eq 2 -and $word -ne '')) { $known = ${list(first.map(({ name }) => name))} }
  elseif ($inGroup) { $known = $members }
  elseif ($null -eq $known) { $known = $backsetFlags[$name] }
  $known | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`
}
