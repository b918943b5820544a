import { InputError, parseDuration } from '@backset/core'

/** What a setting takes, and how its text is read. A kind reads what a flag, a variable or a YAML file holds, so all three mean the same. */
export interface Kind<Value> {
  /** `text` takes one value, `list` is repeated or separated by commas, `switch` takes none on the command line. */
  readonly form: 'text' | 'list' | 'switch'
  /** What stands for the value in a help, as `N` or `v3|v1`. */
  readonly takes: string
  /** The words it takes, where they are few. */
  readonly choices?: readonly string[]
  /** How a value is shown where its plain text would not do. */
  readonly show?: (text: string) => string
  /** @throws InputError whose message begins with `source` */
  readonly read: (input: unknown, source: string) => Value
}

/** An input as an error quotes it. */
function quoted(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const wrong = (source: string, input: unknown, takes: string): InputError =>
  new InputError(`${source} is ${quoted(input)}, but it takes ${takes}.`, { field: source })

function textIn(input: unknown, source: string, takes: string): string {
  if (typeof input === 'string' || typeof input === 'number') {
    const text = String(input).trim()
    if (text !== '') return text
  }
  throw wrong(source, input, takes)
}

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** Any text but an empty one. */
export const text = (takes: string): Kind<string> => ({
  form: 'text',
  takes,
  read: (input, source) => textIn(input, source, 'some text'),
})

/** An address. It is not judged here, and never quoted: it may hold a user and a password where nobody should have written them. */
export const address: Kind<string> = {
  form: 'text',
  takes: 'URL',
  show: (url) => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/]*@/i, '$1***@').replace(/[?#].*$/s, '?***'),
  read: (input, source) => textIn(typeof input === 'number' ? '' : input, source, 'a URL or a host'),
}

/** Texts, once each, repeated or separated by commas. */
export const list = (takes: string): Kind<readonly string[]> => ({
  form: 'list',
  takes,
  read(input, source) {
    const inputs: readonly unknown[] = Array.isArray(input) ? input : [input]
    const items = inputs.flatMap((one) => textIn(one, source, 'a list').split(',')).map((item) => item.trim())
    if (items.length === 0 || items.includes('')) throw wrong(source, input, 'names separated by single commas')
    return [...new Set(items)]
  },
})

/** One of a few words in any case; `aliases` are accepted and not shown. */
export const choice = <const Word extends string>(words: readonly Word[], aliases: Readonly<Record<string, Word>> = {}): Kind<Word> => ({
  form: 'text',
  takes: words.join('|'),
  choices: words,
  read(input, source) {
    const word = textIn(input, source, either(words)).toLowerCase()
    const found = words.find((one) => one === word) ?? (Object.hasOwn(aliases, word) ? aliases[word] : undefined)
    if (found === undefined) throw wrong(source, input, either(words))
    return found
  },
})

/** One of a few numbers. */
export const numberOf = <const Choice extends number>(numbers: readonly Choice[]): Kind<Choice> => ({
  form: 'text',
  takes: numbers.join('|'),
  choices: numbers.map(String),
  read(input, source) {
    const digits = textIn(input, source, either(numbers.map(String)))
    const found = numbers.find((one) => String(one) === digits)
    if (found === undefined) throw wrong(source, input, either(numbers.map(String)))
    return found
  },
})

/** A whole number within bounds, both included. */
export const integer = ({ min, max }: { readonly min: number; readonly max: number }): Kind<number> => ({
  form: 'text',
  takes: 'N',
  read(input, source) {
    const takes = `a whole number from ${min} to ${max}`
    const digits = textIn(input, source, takes)
    const number = Number(digits)
    if (!/^\d{1,15}$/.test(digits) || number < min || number > max) throw wrong(source, input, takes)
    return number
  },
})

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A span of time, in milliseconds; zero too. */
export const durationOrNone: Kind<number> = {
  form: 'text',
  takes: 'DURATION',
  show: (ms) => {
    const [unit, unitMs] = units.find(([, size]) => Number(ms) > 0 && Number(ms) % size === 0) ?? ['ms', 1]
    return `${Number(ms) / unitMs}${unit}`
  },
  read(input, source) {
    return parseDuration(textIn(input, source, 'a duration such as 500ms, 30s, 5m, 2h or 7d'), source)
  },
}

/** A span of time above zero, in milliseconds. */
export const duration: Kind<number> = {
  ...durationOrNone,
  read(input, source) {
    const ms = durationOrNone.read(input, source)
    if (ms <= 0) throw wrong(source, input, 'a duration above zero')
    return ms
  },
}

const yes = ['true', '1', 'yes', 'on']
const no = ['false', '0', 'no', 'off']

/** On or off. */
export const onOff: Kind<boolean> = {
  form: 'switch',
  takes: 'true|false',
  read(input, source) {
    const word = typeof input === 'boolean' ? String(input) : textIn(input, source, 'true or false').toLowerCase()
    if (!yes.includes(word) && !no.includes(word))
      throw wrong(source, input, 'true or false (1 and 0, yes and no, on and off mean the same)')
    return yes.includes(word)
  },
}

/** A time zone of the IANA data, as `Asia/Shanghai`. */
export const timeZone: Kind<string> = {
  form: 'text',
  takes: 'ZONE',
  read(input, source) {
    const zone = textIn(input, source, 'a time zone')
    if (zone === 'UTC') return zone // the default; to load the data of all zones for it takes 10 ms of every start
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone }).format(0)
    } catch {
      throw wrong(source, input, 'a time zone such as UTC, Asia/Shanghai or Europe/Berlin')
    }
    return zone
  },
}
