import { InputError } from '../errors/input-error.js'

/** Holds for one character; a star is told apart because it takes any number of them. */
type Step = '*' | ((char: string) => boolean)

const longest = 256

/**
 * A test for names like those of a shell: `*`, `?`, `[a-z]`, `[!a-z]`, and a backslash before a character that means itself. The whole text must match,
 * capitals count. Matching goes back to the last star alone, so its time is bounded by the product of both lengths; no regular expression is made.
 * @throws InputError for a set without its end, and for a pattern over 256 characters
 */
export function compileGlob(pattern: string, field = 'name'): (text: string) => boolean {
  if (pattern.length > longest) throw new InputError(`${field} has ${pattern.length} characters; ${longest} are taken.`, { field })
  const steps = parse(Array.from(pattern), pattern, field)
  return (text) => matches(steps, Array.from(text))
}

function parse(chars: readonly string[], pattern: string, field: string): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? ''
    if (char === '*') steps.push('*')
    else if (char === '?') steps.push(() => true)
    else if (char === '[') {
      const end = chars.indexOf(']', at + (chars[at + 1] === '!' || chars[at + 1] === '^' ? 3 : 2))
      if (end === -1) {
        throw new InputError(`${field} is ${JSON.stringify(pattern)}, whose [ has no ].`, { field, hint: 'Write \\[ for a bracket.' })
      }
      steps.push(oneOf(chars.slice(at + 1, end)))
      at = end
    } else {
      const literal = char === '\\' ? (chars[++at] ?? char) : char
      steps.push((other) => other === literal)
    }
  }
  return steps
}

function oneOf(set: readonly string[]): (char: string) => boolean {
  const isNot = set[0] === '!' || set[0] === '^'
  const ranges: [string, string][] = []
  for (let at = isNot ? 1 : 0; at < set.length; at++) {
    const first = set[at] ?? ''
    const last = set[at + 1] === '-' ? set[at + 2] : undefined
    ranges.push([first, last ?? first])
    if (last !== undefined) at += 2
  }
  const points = ranges.map(([first, last]) => [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0] as const)
  return (char) => points.some(([first, last]) => first <= (char.codePointAt(0) ?? -1) && (char.codePointAt(0) ?? -1) <= last) !== isNot
}

function matches(steps: readonly Step[], text: readonly string[]): boolean {
  let step = 0
  let star = -1
  let retryAt = 0
  for (let at = 0; at < text.length;) {
    const expected = steps[step]
    if (expected === '*') {
      star = step++
      retryAt = at
    } else if (expected !== undefined && expected(text[at] ?? '')) {
      step++
      at++
    } else if (star >= 0) {
      step = star + 1
      at = ++retryAt
    } else return false
  }
  while (steps[step] === '*') step++
  return step === steps.length
}
