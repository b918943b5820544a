import { type ChildProcess, spawn } from 'node:child_process'
import { platform } from 'node:os'
import { abortErrorOf, type Clock, DbsError, redactText, startDeadline, TimedOutError } from '@backset/core'

export interface CommandParts {
  readonly clock: Clock
  /** What the program gets; credentials should not be in it. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds, for all it does. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** So much of what a program prints is kept. */
const keptChars = 4000

/** How long the end of the output is waited for once the program has ended: what it left in the background may hold the pipes for ever. */
const lingerMs = 500

/**
 * Runs a program without a shell, with a text on its stdin.
 * @returns the end of what it printed to stdout and stderr, fit for a log
 * @throws DbsError when it cannot be started, ends with something but 0, or takes too long, and then it is killed with all that it started
 */
export async function runCommand(argv: readonly string[], stdin: string, { clock, env, timeoutMs, signal }: CommandParts): Promise<string> {
  const [program = '', ...args] = argv
  using limit = startDeadline(clock, timeoutMs, () => new TimedOutError(timeoutMs), signal)
  if (limit.signal.aborted) throw abortErrorOf(limit.signal)
  const child = spawn(program, args, {
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    detached: hasGroups,
    windowsHide: true,
  })
  const pipes = [child.stdin, child.stdout, child.stderr]
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed = (printed + text).slice(-keptChars)))
  // A program that reads nothing closes its end.
  for (const pipe of pipes) pipe.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdin.end(stdin)
  try {
    const end = await endOf(child, program, limit.signal)
    await closedWithin(lingerMs, closed, clock)
    const output = redactText(printed, keptChars)
    if (end !== 0)
      throw new DbsError('refused', [`${program} ended with ${end}`, redactText(output.slice(-200))].filter(Boolean).join(': '))
    return output
  } finally {
    for (const pipe of pipes) pipe.destroy()
  }
}

/** The exit code, or the name of the signal that ended it. */
async function endOf(child: ChildProcess, program: string, signal: AbortSignal): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const kill = (): void => {
      killAll(child)
      reject(abortErrorOf(signal))
    }
    signal.addEventListener('abort', kill, { once: true })
    const ended = (): void => signal.removeEventListener('abort', kill)
    child.once('exit', (code, killedBy) => {
      ended()
      resolve(code ?? killedBy ?? 'nothing')
    })
    child.once('error', (error: NodeJS.ErrnoException) => {
      ended()
      reject(
        new DbsError('refused', `${program} cannot be started: ${error.code ?? error.name}.`, {
          hint: 'Name a program, and its arguments one by one.',
        }),
      )
    })
  })
}

/** A process group of its own, by which it can be ended with what it started. */
const hasGroups = platform() !== 'win32'

function killAll(child: ChildProcess): void {
  if (!hasGroups || child.pid === undefined) return void child.kill('SIGKILL')
  try {
    // oxlint-disable-next-line no-restricted-globals -- a group is killed by the system's call alone
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

async function closedWithin(ms: number, closed: Promise<void>, clock: Clock): Promise<void> {
  const over = new AbortController()
  await Promise.race([closed, clock.sleep(ms, over.signal).catch(() => undefined)])
  over.abort()
}
