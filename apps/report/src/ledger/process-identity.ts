import { readFile, readlink } from 'node:fs/promises'

/** A process as another one can find it again. */
export interface ProcessIdentity {
  /** The boot of a machine, and the name space its process ids count in: in two containers one number means two processes. */
  readonly machine: string
  readonly pid: number
  /** Clock ticks after the boot at which it started: process ids come again. */
  readonly start: string
}

/** This process; undefined where there is no /proc. */
export async function ownIdentity(): Promise<ProcessIdentity | undefined> {
  try {
    const [bootId, pidSpace, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
      readFile('/proc/self/stat', 'utf8'),
    ])
    const pid = Number.parseInt(stat, 10)
    return { machine: `${bootId.trim()} ${pidSpace}`, pid, start: startOf(stat) }
  } catch {
    return undefined
  }
}

/** Whether a process is surely gone. Of another machine's, and where there is no /proc, nobody can say. */
export async function isGone(other: ProcessIdentity, own: ProcessIdentity | undefined): Promise<boolean> {
  if (own === undefined || own.machine !== other.machine) return false
  try {
    const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8')
    return startOf(stat) !== other.start || isZombie(stat)
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
  }
}

/** Fields behind the name, which stands in parentheses and may hold anything (proc(5)): the state is the 3rd field of all, the start time the 22nd. */
const fieldsOf = (stat: string): readonly string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ')
const startOf = (stat: string): string => fieldsOf(stat)[19] ?? ''
const isZombie = (stat: string): boolean => ['Z', 'X'].includes(fieldsOf(stat)[0] ?? '')
