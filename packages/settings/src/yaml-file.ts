import type * as z from 'zod'
import type { Document } from 'yaml'
import { nearestName } from '@backset/core'
import type { Fault } from './settings-error.js'

/** A path into a document, as zod names it. */
export type Path = readonly PropertyKey[]

/** A YAML text that was read, with the place of each of its values. */
export interface YamlFile {
  readonly name: string
  /** Plain data; undefined where the text is no YAML. */
  readonly value: unknown
  /** Faults of the text itself. */
  readonly faults: readonly Fault[]
  /** `name:line:column` of the value at a path, or of what surrounds it where nothing is. */
  readonly placeOf: (path: Path) => string
  /** The same of the key that stands last in the path. */
  readonly keyPlaceOf: (path: Path) => string
}

/**
 * Reads a YAML text: one document, no key twice. The parser is loaded here, so that who has no file does not pay for it.
 * @param name what places begin with, as people know the file
 */
export async function readYaml(text: string, name: string): Promise<YamlFile> {
  const { isCollection, isMap, isScalar, LineCounter, parseDocument } = await import('./yaml-parser.js')
  const lineCounter = new LineCounter()
  const document: Document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true })
  const placeAt = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset)
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`
  }
  const startOf = (node: unknown): number | undefined => ((isScalar(node) || isCollection(node)) && node.range ? node.range[0] : undefined)
  const placeOf = (path: Path): string => {
    for (let length = path.length; length >= 0; length--) {
      const start = startOf(length === 0 ? document.contents : document.getIn(path.slice(0, length), true))
      if (start !== undefined) return placeAt(start)
    }
    return placeAt(0)
  }
  const keyPlaceOf = (path: Path): string => {
    const parent: unknown = path.length < 2 ? document.contents : document.getIn(path.slice(0, -1), true)
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
    const start = startOf(pair?.key)
    return start === undefined ? placeOf(path.slice(0, -1)) : placeAt(start)
  }
  const syntax = [...document.errors, ...document.warnings].map(({ pos, message }) => faultAt(placeAt(pos[0]), message))
  if (syntax.length > 0) return { name, value: undefined, faults: syntax, placeOf, keyPlaceOf }
  try {
    return { name, value: document.toJS({ maxAliasCount: 100 }), faults: [], placeOf, keyPlaceOf }
  } catch (error) {
    // An alias without its anchor, or so many that a few lines would fill the memory.
    return {
      name,
      value: undefined,
      faults: [faultAt(placeAt(0), error instanceof Error ? error.message : String(error))],
      placeOf,
      keyPlaceOf,
    }
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
const faultAt = (source: string, message: string, remedy?: string): Fault => ({
  source,
  message: `${source}: ${sentence(message)}`,
  remedy,
})

/** What a schema finds wrong with a file, each at its line and column; unknown keys with the nearest known one. */
export function schemaFaults(file: YamlFile, error: z.ZodError, knownKeys: (path: Path) => readonly string[]): readonly Fault[] {
  const faultsOf = (issue: z.core.$ZodIssue, under: Path): readonly Fault[] => {
    const path = [...under, ...issue.path]
    if (issue.code === 'invalid_union') {
      const [nearest] = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a))
      if (nearest !== undefined && depthOf(nearest) > 0) return nearest.flatMap((inner) => faultsOf(inner, path))
    }
    if (issue.code !== 'unrecognized_keys') return [faultAt(file.placeOf(path), issue.message)]
    return issue.keys.map((key) => {
      const nearest = nearestName(key, knownKeys(path))
      const remedy = nearest === undefined ? `It may be ${knownKeys(path).join(', ')}.` : `Did you mean ${nearest}?`
      return faultAt(file.keyPlaceOf([...path, key]), `${JSON.stringify(key)} is no key here`, remedy)
    })
  }
  return error.issues.flatMap((issue) => faultsOf(issue, []))
}

/** How deep the issues of one branch of a union reach: the branch that fits longest was the one meant. */
const depthOf = (issues: readonly z.core.$ZodIssue[]): number => Math.max(0, ...issues.map(({ path }) => path.length))
