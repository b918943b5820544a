import { adviceTable, errorCodes, errorGuide } from '@backset/core'
import { exitCodes, failIfHeld } from '@backset/settings'
import { markdownTable } from '../src/markdown-table.js'

const sections = errorCodes.map((code) => {
  const { means, cause, next } = errorGuide[code]
  return `### ${code}\n\n${means} Exit code ${exitCodes[code]}.\n\n- **Why:** ${cause}\n- **What to do:** ${next}`
})

const services = Object.entries(adviceTable)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([serviceCode, { code, cause, hint, retryable = false }]) => [
    `\`${serviceCode}\``,
    `[${code}](#${code})`,
    retryable ? 'yes' : 'no',
    cause,
    hint.replaceAll('{action}', 'ACTION'),
  ])

/** `docs/errors.md`, written from the tables that the errors themselves are made of. */
export const errorsPage = `# Errors

Every error has a \`code\` from the closed list below: programs check it, not the class. \`serviceCode\` is DBS's own word where DBS refused, \`requestId\` what its
vendor asks for, \`retryable\` whether the same call may succeed later, \`hint\` the next step. With \`-o json\` or \`-o ndjson\` the command line prints an error as
JSON, as the last line on stderr:

\`\`\`json
{
  "error": {
    "code": "not-found",
    "message": "There is no download task \\"urx0000\\".",
    "retryable": false,
    "hint": "backset list --plan ID shows the tasks of a plan; …"
  }
}
\`\`\`

No secret, no signature and no query of a link stands in an error.

Exit code ${failIfHeld} is no error: \`--fail-if\` held. Where a command meets several errors, the worst decides; 7 goes before 6 before 4.

## Codes

${sections.join('\n\n')}

## Service codes

What DBS and its gateway answer, and what becomes of it. ACTION stands for the action that was called; a code that ends in \`*\` for all that begin so. A code
that is not listed is judged by its HTTP status: 408, 429 and 5xx are tried again, 401 and 403 are [no-permission](#no-permission), all else is
[refused](#refused). \`InvalidParameterValid\` means [not-found](#not-found) when it answers DescribeBackupPlanList.

${markdownTable(['DBS says', 'Code', 'Retried', 'Why', 'What to do'], services)}

## The least policy

For \`backset list\`, \`get\` and \`wait\`; all reads together are \`dbs:Describe*\`, which is the managed policy AliyunDBSReadOnlyAccess.
\`backset policy COMMAND…\` prints it for other commands.

\`\`\`json
{
  "Version": "1",
  "Statement": [{ "Effect": "Allow", "Action": ["dbs:DescribeBackupSetDownloadTaskList"], "Resource": "*" }]
}
\`\`\`
`
