/** What the TypeScript form needs to know: the client's options, and the call. */
export interface TypescriptForm {
  readonly options: Readonly<Record<string, unknown>>
  /** The operation's exported name, as `describeBackupSetDownloadTaskList`. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

const literal = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? `{ ${Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => `${name}: ${literal(member)}`)
        .join(', ')} }`
    : JSON.stringify(value)

/** The same call as a program against `@backset/core`. */
export function asTypescript({ options, operation, input }: TypescriptForm): string {
  return `import { DbsClient, ${operation} } from '@backset/core'

const client = new DbsClient(${literal(options)})
try {
  console.log(await client.send(${operation}, ${literal(input)}))
} finally {
  await client.close()
}
`
}
