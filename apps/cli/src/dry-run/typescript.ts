/** What the TypeScript form needs to know: the client's options, and the call. */
export interface TypescriptForm {
  readonly options: Readonly<Record<string, unknown>>
  /** The operation's exported name, as `describeBackupSetDownloadTaskList`. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

const nameOf = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))

function literal(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return members.length === 0 ? '{}' : `{ ${members.map(([name, member]) => `${nameOf(name)}: ${literal(member)}`).join(', ')} }`
}

/** The same call as a program against `@backset/core`. */
export const asTypescript = ({ options, operation, input }: TypescriptForm): string =>
  program(['DbsClient', operation], options, `send(${operation}, ${literal(input)})`)

/** The same for an action by name. */
export const callAsTypescript = ({
  options,
  action,
  parameters,
}: Pick<TypescriptForm, 'options'> & { readonly action: string; readonly parameters: Readonly<Record<string, string>> }): string =>
  program(['DbsClient'], options, `call(${JSON.stringify(action)}, ${literal(parameters)})`)

const program = (
  imports: readonly string[],
  options: TypescriptForm['options'],
  call: string,
): string => `import { ${imports.join(', ')} } from '@backset/core'

const client = new DbsClient(${literal(options)})
try {
  console.log(await client.${call})
} finally {
  await client.close()
}
`
