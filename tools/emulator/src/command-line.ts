import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readProfile, type Profile } from './scenario/profile.js'
import { parseScenario } from './scenario/scenario.js'
import type { EmulatorOptions } from './start-emulator.js'

/** The command line is wrong; the message says where. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const flags = {
  port: { type: 'string' },
  seed: { type: 'string' },
  plans: { type: 'string' },
  tasks: { type: 'string' },
  scenario: { type: 'string' },
  profile: { type: 'string' },
  qps: { type: 'string' },
  latency: { type: 'string' },
  'clock-skew': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export const help = `backset-emulator: a DBS (version 2019-03-06) that runs on this machine, no account needed

  --port N          port on 127.0.0.1; 0 takes a free one      [8899]
  --seed N          what data and keys are made from           [1]
  --plans N         backup plans                               [3]
  --tasks N         download tasks a plan                      [250]
  --scenario FILE   faults and odd shapes to play, as JSON     [none]
  --profile FILE    a probe.json of backset probe: pages,      [none]
                    empty lists and order are as measured
  --qps N           calls a second, then Throttling.User       [no limit]
  --latency MS      every call takes so long at least, as 80   [0]
                    or 1.5s
  --clock-skew TIME how far its clock is ahead, as 2h or -5m   [0s]
  -h, --help        this text

It prints one JSON line with its address, keys and plan ids when it listens, and stops on SIGTERM or Ctrl-C.

Examples
  backset-emulator
  backset-emulator --port 0 --tasks 1000000 --seed 7
  backset-emulator --scenario throttled.json --latency 80ms
  backset-emulator --profile probe.json
`

/**
 * Reads the flags; undefined when help is asked.
 * @throws UsageError for what is unknown, not a number, not a scenario or not a profile
 */
export function readCommandLine(args: readonly string[]): EmulatorOptions | undefined {
  const values = parse(args)
  if (values.help === true) return undefined
  return {
    port: whole('port', values.port) ?? 8899,
    ...given('seed', whole('seed', values.seed)),
    ...given('plans', whole('plans', values.plans)),
    ...given('tasks', whole('tasks', values.tasks)),
    ...given('qps', positive('qps', values.qps)),
    ...given('latencyMs', milliseconds('latency', values.latency)),
    ...given('clockSkewMs', milliseconds('clock-skew', values['clock-skew'])),
    ...(values.scenario === undefined ? {} : { scenario: readFile('scenario', values.scenario, parseScenario) }),
    ...(values.profile === undefined ? {} : { profile: readFile('profile', values.profile, checkedProfile) }),
  }
}

function parse(args: readonly string[]) {
  try {
    // `--clock-skew -5m` is meant as it stands; the parser would take -5m for another flag.
    const joined = args.join('\0').replaceAll(/--clock-skew\0-/g, '--clock-skew=-')
    return parseArgs({ args: joined === '' ? [] : joined.split('\0'), options: flags, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function readFile<Value>(flag: string, path: string, read: (value: unknown) => Value): Value {
  try {
    return read(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new UsageError(`--${flag} ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function checkedProfile(value: unknown): Profile {
  readProfile(value)
  return value as Profile
}

const given = <Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value })

function whole(name: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} is ${text}, but must be a whole number.`)
  return text === undefined ? undefined : Number(text)
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text !== undefined && !(Number(text) > 0 && Number(text) < Infinity))
    throw new UsageError(`--${name} is ${text}, but must be a number above 0.`)
  return text === undefined ? undefined : Number(text)
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `80`, `80ms`, `2h`, `-5m`; without a unit milliseconds. */
function milliseconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, number, unit = 'ms'] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text) ?? []
  if (number === undefined || (name === 'latency' && Number(number) < 0))
    throw new UsageError(`--${name} is ${text}, but must be a time as 80ms, 30s or 2h.`)
  return Number(number) * (units[unit] ?? 1)
}
