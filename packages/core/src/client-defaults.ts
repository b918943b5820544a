import { homedir } from 'node:os'

// The only place but main.ts and clock.ts that touches the process: what DbsClient takes when it is not told.

export const processEnv = (): Readonly<Record<string, string | undefined>> => process.env
export const systemRandom = (): number => Math.random()
export { homedir as systemHomeDir }
export { randomUUID as systemNonce } from 'node:crypto'
