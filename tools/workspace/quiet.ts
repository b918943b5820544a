import { afterEach } from 'vitest'

// A library that talks to the console talks past its caller, so a stray word fails the test in which it is said.
const said: string[] = []

for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir'] as const) {
  console[level] = (...words: unknown[]) => {
    said.push(`console.${level}: ${words.map(String).join(' ')}`)
  }
}

afterEach(() => {
  const words = said.splice(0)
  if (words.length > 0) throw new Error(`The test spoke on the console:\n${words.join('\n')}`)
})
