import { commonSettings, configVariable, credentialVariables } from './common.js'
import { markdownTable } from './markdown-table.js'
import type { Setting, Settings } from './setting.js'

const code = (text: string): string => `\`${text}\``

/** `docs/settings.md`, written from the settings themselves. */
export function settingsPage(definitions: Settings = commonSettings): string {
  const rows = Object.entries(definitions).map(([name, setting]) => [
    code(`--${setting.flag}${setting.kind.form === 'switch' ? '' : ` ${setting.kind.takes}`}`),
    code(setting.variable),
    code(name),
    defaultOf(setting),
    setting.summary,
  ])
  const keys = Object.values(credentialVariables).map(({ variable, summary }) => [code(variable), summary])
  return `# Settings

What every command that asks DBS may be told. A flag wins over the environment, the environment over the file, the file over the default.
Everything that is wrong is said at once, with its source, and then nothing is sent.

${markdownTable(['Flag', 'Variable', 'File key', 'Default', 'Meaning'], rows)}

Lists are repeated or separated by commas. Switches take \`true\`, \`1\`, \`yes\`, \`on\` and their opposites in the environment and in the file;
\`--debug=false\` turns one off on the command line. Durations are \`500ms\`, \`30s\`, \`5m\`, \`2h\`, \`7d\`. An empty variable counts as not set.

## Keys

No flag takes a secret: everybody on a machine can read its command lines.

${markdownTable(['Variable', 'Meaning'], keys)}

Where these are not set, the vendor's other sources follow in the vendor's order: OIDC variables, profiles, the role of the ECS instance, a credentials
URI. Keys in the environment beat ${code(commonSettings.profile.variable)} and a profile of the file, with a warning; ${code('--profile')} beats them.

## The file

${code(configVariable)} names it, and then it must exist; else it is ${code('backset/config.yaml')} in ${code('XDG_CONFIG_HOME')} or ${code('~/.config')}, where
there is one. Its keys are those of the table:

\`\`\`yaml
region: [cn-hangzhou, cn-beijing]
pageSize: 50
requestTimeout: 2m
\`\`\`
`
}

const defaultOf = ({ default: text, defaultNote }: Setting): string => (text === undefined ? (defaultNote ?? '') : code(text))
