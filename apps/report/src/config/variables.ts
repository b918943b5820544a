import { normalize } from 'node:path'
import type { Path } from '@backset/settings'

/** A value of the environment that a file uses, and where. */
export interface Variable {
  readonly name: string
  readonly path: Path
  readonly value: string | undefined
}

export interface Expanded {
  /** The document with every `${NAME}` filled in; what is unset stays as written. */
  readonly value: unknown
  readonly variables: readonly Variable[]
}

/** `$${NAME}` is the text itself. */
const use = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** Fills the environment into the texts of a document; keys and other values stay as they are. */
export function expandVariables(document: unknown, env: Readonly<Record<string, string | undefined>>): Expanded {
  const variables: Variable[] = []
  const expand = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((inner, at) => expand(inner, [...path, at]))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expand(inner, [...path, key])]))
    if (typeof value !== 'string') return value
    return value.replaceAll(use, (whole, escape: string, name: string) => {
      if (escape !== '') return whole.slice(1)
      const found = Object.hasOwn(env, name) && env[name] !== '' ? env[name] : undefined
      variables.push({ name, path, value: found })
      return found ?? whole
    })
  }
  return { value: expand(document, []), variables }
}

/** Shorter values are no secrets, and to blot them out would spoil every other word. */
const leastLength = 4

/** As it stands in a path that was resolved. */
const asPath = (value: string): string => normalize(value).replace(/[\\/]$/, '')

/** What errors name of an address; nothing where it is none. */
const hostIn = (value: string): string => (/^https?:/i.test(value) && URL.canParse(value) ? new URL(value).host : '')

/** Puts `${NAME}` back where a text holds the value: messages and ledgers never tell what came from the environment. */
export function redactor(variables: readonly Variable[]): (text: string) => string {
  const known = new Map(variables.flatMap(({ name, value }) => ((value?.length ?? 0) < leastLength ? [] : [[value ?? '', name] as const])))
  const forms = [...known].flatMap(([value, name]) => {
    const inJson = JSON.stringify(value).slice(1, -1)
    const inUrl = encodeURIComponent(value)
    const ways = new Set([value, inJson, inUrl, asPath(value), hostIn(value)].filter((form) => form.length >= leastLength))
    return [...ways].map((form) => ({ form, name }))
  })
  const longestFirst = forms.toSorted((a, b) => b.form.length - a.form.length)
  return (text) => longestFirst.reduce((shown, { form, name }) => shown.replaceAll(form, () => `\${${name}}`), text)
}
