import { DbsError } from '@backset/core'
import { exitCodes } from '../exit-codes.js'

/** What is said of an error, and the exit code it ends with. */
export interface FailureText {
  readonly text: string
  readonly exitCode: number
}

/**
 * What happened, why and what to do, as people read it or as a line of JSON.
 * @param program as people type it; it stands before the message
 */
export function failureText(error: unknown, { program, asJson }: { readonly program: string; readonly asJson: boolean }): FailureText {
  const failure = ours(error, program)
  const { message, serviceCode, requestId, attempts, hint, cursor, code } = failure
  const facts = [
    ['code', serviceCode === undefined ? code : `${code} (${serviceCode})`],
    ['request', requestId],
    ['attempts', attempts === undefined || attempts < 2 ? undefined : String(attempts)],
    ['hint', hint],
    ['go on', cursor === undefined ? undefined : `--cursor ${cursor}`],
  ].flatMap(([name, value]) => (value === undefined ? [] : `  ${name}: ${value}\n`))
  const indent = ' '.repeat(program.length + 2)
  const text = asJson
    ? `${JSON.stringify({ error: failure })}\n`
    : `${program}: ${message.replaceAll('\n', `\n${indent}`)}\n${facts.join('')}`
  return { text, exitCode: exitCodes[code] }
}

/** An error that is not ours is a fault of ours and says so without its stack. */
function ours(error: unknown, program: string): DbsError {
  if (error instanceof DbsError) return error
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new DbsError('internal', `${program} failed in a way it should not: ${text}`, { hint: 'Please report it, with what you ran.' })
}
