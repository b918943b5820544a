import { describe, expect, test } from 'vitest'
import { findFaults } from '../boundary-rules.mjs'

type Project = Parameters<typeof findFaults>[0][number]

interface Lists {
  readonly dependencies?: readonly string[]
  readonly devDependencies?: readonly string[]
  readonly references?: readonly string[]
}

const project = (folder: string, { dependencies = [], devDependencies = [], references }: Lists = {}): Project => ({
  folder,
  packageJson: { name: `@backset/${folder.split('/')[1]}`, dependencies: ranges(dependencies), devDependencies: ranges(devDependencies) },
  references,
})
const ranges = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [`@backset/${name}`, '^0.1.0']))

const named = { dependencies: ['core', 'formats', 'settings', 'cli', 'report', 'workspace'], devDependencies: ['emulator'] }
const folders = [
  'packages/core',
  'packages/formats',
  'packages/settings',
  'apps/cli',
  'apps/report',
  'tools/emulator',
  'tools/bench',
  'tools/workspace',
]
const everything = folders.map((folder) => project(folder, named))

describe('the table of who may import whom', () => {
  test.each([
    ['packages/formats', 'packages/core'],
    ['packages/settings', 'packages/core'],
    ['apps/cli', 'packages/core'],
    ['apps/cli', 'packages/formats'],
    ['packages/core', 'tools/emulator'],
    ['apps/cli', 'tools/emulator'],
    ['tools/bench', 'packages/core'],
    ['tools/bench', 'apps/cli'],
    ['tools/bench', 'tools/emulator'],
    ['tools/bench', 'tools/workspace'],
  ])('%s may import %s', (from, to) => {
    expect(findFaults(everything, [{ from, to }])).toEqual([])
  })

  test.each([
    ['packages/core', 'packages/formats'],
    ['packages/core', 'apps/cli'],
    ['packages/formats', 'packages/settings'],
    ['packages/settings', 'apps/cli'],
    ['apps/cli', 'apps/report'],
    ['apps/cli', 'tools/workspace'],
    ['tools/emulator', 'packages/core'],
    ['tools/workspace', 'packages/core'],
  ])('%s may not import %s', (from, to) => {
    expect(findFaults(everything, [{ from, to }])).toEqual([`${from} → ${to}: this import is not allowed`])
  })
})

test('a graph without edges is a fault', () => {
  expect(findFaults(everything, [])).toHaveLength(1)
})

test('an edge to an unknown folder is a fault', () => {
  expect(findFaults(everything, [{ from: 'apps/cli', to: 'packages/gone' }])).toEqual([
    'apps/cli → packages/gone: no project of the workspace',
  ])
})

test('the emulator is never a dependency of what is shipped', () => {
  const projects = [project('packages/core', { dependencies: ['emulator'] }), project('tools/emulator')]
  expect(findFaults(projects, [{ from: 'packages/core', to: 'tools/emulator' }])).toEqual([
    'packages/core → tools/emulator: the emulator belongs into devDependencies',
  ])
})

test('an import that package.json does not name is a fault', () => {
  const projects = [project('apps/cli'), project('packages/core'), project('tools/emulator')]
  expect(
    findFaults(projects, [
      { from: 'apps/cli', to: 'packages/core' },
      { from: 'apps/cli', to: 'tools/emulator' },
    ]),
  ).toEqual([
    'apps/cli → packages/core: @backset/core is missing in package.json',
    'apps/cli → tools/emulator: @backset/emulator is missing in devDependencies',
  ])
})

test('a bundled app may name core among devDependencies', () => {
  const projects = [project('apps/cli', { devDependencies: ['core'] }), project('packages/core')]
  expect(findFaults(projects, [{ from: 'apps/cli', to: 'packages/core' }])).toEqual([])
})

test('a compiled package must depend on core and refer to it', () => {
  const projects = [project('packages/formats', { devDependencies: ['core'], references: [] }), project('packages/core')]
  expect(findFaults(projects, [{ from: 'packages/formats', to: 'packages/core' }])).toEqual([
    'packages/formats → packages/core: @backset/core is missing in dependencies',
    'packages/formats → packages/core: packages/core is missing in the references of tsconfig.build.json',
  ])
})
