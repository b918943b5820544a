import { InputError, nearestName } from '@backset/core'

/** What a file name may be made of. */
export interface NameFacts {
  readonly name: string
  readonly due: Date
  /** Zone of the dates in the name; `{due}` alone is UTC. */
  readonly timeZone: string
  /** Ids of the plans; one that is alone stands in the name. */
  readonly plans: 'all' | readonly string[]
  readonly regions: readonly (string | undefined)[]
  /** `csv`, or `csv.gz`. */
  readonly ext: string
}

type Part = (facts: NameFacts, local: Readonly<Record<string, string>>) => string

const parts: Readonly<Record<string, Part>> = {
  name: ({ name }) => name,
  date: (_, { year, month, day }) => `${year}-${month}-${day}`,
  time: (_, { hour, minute, second }) => `${hour}${minute}${second}`,
  due: ({ due }) => `${due.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`,
  plan: ({ plans }) => (plans === 'all' ? 'all' : plans.length === 1 ? (plans[0] ?? '') : 'several'),
  region: ({ regions }) => (regions.length === 1 ? (regions[0] ?? 'endpoint') : 'several'),
  year: (_, { year = '' }) => year,
  month: (_, { month = '' }) => month,
  day: (_, { day = '' }) => day,
  hour: (_, { hour = '' }) => hour,
  ext: ({ ext }) => ext,
}

const placeholder = /\{([^{}]*)\}/g
/** What a name must not hold on one of the systems it may be copied to. */
const unsafe = /[\p{C}/\\:*?"<>|]/gu
/** Bytes of one part of a path: 255 on every file system of today, less what stands around it while it is written (`.….manifest.json.….part`). */
const maxPartBytes = 200

/**
 * Judges a template: known placeholders, and no way out of the output folder.
 * @throws InputError
 */
export function checkTemplate(template: string): void {
  const wrong = (what: string, hint: string): InputError =>
    new InputError(`file ${JSON.stringify(template)} ${what}.`, { field: 'file', hint })
  for (const [whole, name = ''] of template.matchAll(placeholder)) {
    if (Object.hasOwn(parts, name)) continue
    const nearest = nearestName(name, Object.keys(parts))
    const known = Object.keys(parts).map((one) => `{${one}}`)
    throw wrong(
      `has ${whole}, which is no placeholder`,
      nearest === undefined ? `There are ${known.join(' ')}.` : `Did you mean {${nearest}}?`,
    )
  }
  const literal = template.replaceAll(placeholder, 'x')
  if (/[{}]/.test(literal)) throw wrong('has a brace that is not closed', 'Write placeholders as {date}.')
  if (/[\p{C}\\:*?"<>|]/u.test(literal))
    throw wrong('has a character that not every file system takes', 'Use letters, digits, blanks and . _ = -')
  for (const part of literal.split('/')) {
    if (part === '') throw wrong('is absolute, or has a part that is empty', 'Give a name inside the output folder.')
    if (part.startsWith('.')) throw wrong('has a part that begins with a dot', 'Names that begin with a dot are kept for drafts and state.')
    if (/[. ]$/.test(part)) throw wrong('has a part that ends with a dot or a blank', 'Windows drops them.')
  }
  if (literal.endsWith('.manifest.json')) throw wrong('ends as manifests do', 'Give another ending.')
}

/** The name of an export in the output folder, `/` between its parts. Whatever the values are, it stays inside. */
export function fileName(template: string, facts: NameFacts): string {
  const local = localTime(facts.due, facts.timeZone)
  const filled = template.replaceAll(placeholder, (whole, name: string) => {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined
    return part === undefined ? whole : part(facts, local).replaceAll(unsafe, '-') || '-'
  })
  return filled
    .split('/')
    .map((part) => part.replace(/^\.+/, dashes).replace(/[. ]+$/, dashes))
    .join('/')
}

const dashes = (text: string): string => '-'.repeat(text.length)

/** Whether every part of the name fits a file system, with what stands around it while it is written. */
export const fits = (name: string): boolean => name.split('/').every((part) => Buffer.byteLength(part) <= maxPartBytes)

function localTime(moment: Date, timeZone: string): Readonly<Record<string, string>> {
  const two = '2-digit'
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', ...fields })
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]))
}

/** The name of the CSV that holds all rows beside a page that shows some of them. */
export const companionOf = (name: string): string => `${name.replace(/\.html(?:\.gz)?$/, '')}.csv`
