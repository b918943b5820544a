import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { readYaml, schemaFaults, SettingsError, type Environment, type Fault, type Path, type YamlFile } from '@backset/settings'
import { crossChecks } from './cross-checks.js'
import type { FileView } from './file-view.js'
import type { ReportConfig } from './report.js'
import { resolveReports, type AskSources } from './resolve-reports.js'
import { knownKeys, ReportDefaults, ReportEntry, ReportFile } from './schema.js'
import { expandVariables, redactor, type Variable } from './variables.js'

export interface ConfigSources {
  readonly env: Environment
  /** Common settings given on the command line, by flag without dashes; they win over the file. @default none */
  readonly flags?: Readonly<Record<string, unknown>>
  /** Relative paths of the command line count from here. */
  readonly cwd: string
  /** What `validate` looks ahead from, epoch milliseconds. */
  readonly now: number
}

/**
 * Reads a report file and everything it stands on.
 * @param path as it was named; places in messages begin with it
 * @throws SettingsError with every fault at once, each at its line and column
 */
export async function readConfig(path: string, sources: ConfigSources): Promise<ReportConfig> {
  const text = await readFile(resolve(sources.cwd, path), 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const message = `${path} cannot be read: ${unreadable[code] ?? code}.`
    throw new SettingsError([{ source: path, message, remedy: 'Name a report file that you may read.' }])
  })
  return parseConfig(text, path, sources)
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
}

/** The same for a text that is at hand; `path` says what relative paths in it are relative to. */
export async function parseConfig(text: string, path: string, { env, flags = {}, cwd, now }: ConfigSources): Promise<ReportConfig> {
  const file = await readYaml(text, path)
  if (file.faults.length > 0) throw new SettingsError(file.faults)
  const { value, variables } = expandVariables(file.value ?? {}, env)
  const redact = redactor(variables)
  const checked = ReportFile.safeParse(value)
  const view = viewOf(value, file)
  const ask: AskSources = { env, flags, variables: variables.map(({ name }) => name) }
  const resolved = resolveReports(view, { ask, folder: dirname(resolve(cwd, path)), written: file.value, redact })
  const unset = variableFaults(variables, file)
  const others = [
    ...(checked.success ? [] : schemaFaults(file, checked.error, knownKeys)),
    ...resolved.faults,
    ...crossChecks(view, resolved.reports, new Date(now)),
  ]
  // What is wrong with a value that is not there was said already.
  const faults = [...unset, ...others.filter(({ source }) => !unset.some((one) => one.source === source))]
  if (faults.length > 0) throw new SettingsError(told(faults, redact))
  return { path, reports: resolved.reports.flatMap(({ report }) => report ?? []), warnings: resolved.warnings.map(redact), redact }
}

/** Each fault once, without anything from the environment, in the order of the file. */
function told(faults: readonly Fault[], redact: (text: string) => string): readonly Fault[] {
  const shown = faults.map(({ source, message, remedy }) => ({
    source,
    message: redact(message),
    remedy: remedy === undefined ? undefined : redact(remedy),
  }))
  const once = shown.filter(({ message }, at) => shown.findIndex((other) => other.message === message) === at)
  return once.toSorted((a, b) => placeIn(a.source) - placeIn(b.source))
}

const placeIn = (source: string): number => {
  const [, line = 0, column = 0] = /:(\d+):(\d+)$/.exec(source) ?? []
  return Number(line) * 100_000 + Number(column)
}

/** Names that stand in ledgers and manifests, where nothing from the environment may. */
const writtenOut = ['name', 'file', 'columns', 'schedule']

function variableFaults(variables: readonly Variable[], file: YamlFile): readonly Fault[] {
  return variables.flatMap(({ name, path, value }): Fault[] => {
    const source = file.placeOf(path)
    const field = path.findLast((key) => typeof key === 'string') ?? ''
    if (writtenOut.includes(field) && !path.includes('filter')) {
      return [
        {
          source,
          message: `${source}: ${field} uses \${${name}}, but it has to be written out.`,
          remedy: 'Variables are for secrets and paths.',
        },
      ]
    }
    if (value !== undefined) return []
    return [
      { source, message: `${source}: the variable ${name} is not set.`, remedy: `Set ${name}, or write $\${${name}} for the text itself.` },
    ]
  })
}

/** What of the file is right, field by field, so that what fields say together can be judged although another is wrong. */
function viewOf(value: unknown, file: YamlFile): FileView {
  const record = isRecord(value) ? value : {}
  const reports: readonly unknown[] = Array.isArray(record['reports']) ? record['reports'] : []
  const faultAt = (path: Path, message: string, remedy?: string): Fault => {
    const source = file.placeOf(path)
    return { source, message: `${source}: ${message}`, remedy }
  }
  return {
    defaults: rightOf(ReportDefaults, record['defaults']),
    entries: reports.map((entry) => rightOf(ReportEntry, entry)),
    placeOf: file.placeOf,
    faultAt,
  }
}

type FieldSchema = { safeParse: (value: unknown) => { success: boolean; data?: unknown } }

function rightOf<Right>(
  schema: { readonly shape: Readonly<Record<string, FieldSchema>>; readonly _output: Right },
  value: unknown,
): Partial<Right> {
  if (!isRecord(value)) return {}
  const fields = Object.entries(schema.shape).flatMap(([name, field]) => {
    if (!Object.hasOwn(value, name) || value[name] === null) return []
    const checked = field.safeParse(value[name])
    return checked.success ? [[name, checked.data] as const] : []
  })
  return Object.fromEntries(fields) as Partial<Right>
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
