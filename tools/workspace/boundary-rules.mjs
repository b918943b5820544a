/** @import { Project } from './projects.mjs' */
/** @typedef {{ from: string, to: string }} Edge one project's folder imports another's */

const emulator = 'tools/emulator'

/**
 * Who may import whom; the first row whose folder begins a project's folder is its row.
 *
 * @type {readonly (readonly [string, readonly string[]])[]}
 */
const mayImport = [
  ['packages/core', []],
  ['packages/', ['packages/core']],
  ['apps/', ['packages/']],
  // Its reading of the signature rules is its own: with core's signer it would accept core's mistakes.
  [emulator, []],
  ['tools/bench', ['packages/', 'apps/', 'tools/']],
  ['tools/workspace', []],
]

/**
 * What is wrong with the edges between our projects, one sentence each.
 *
 * @param {readonly Project[]} projects
 * @param {readonly Edge[]} edges
 * @returns {string[]}
 */
export function findFaults(projects, edges) {
  // A graph that nobody could read looks like one without a forbidden edge.
  if (edges.length === 0) return ['The project graph has no edges: the imports were not read.']
  return edges.flatMap((edge) => {
    const from = projects.find(({ folder }) => folder === edge.from)
    const to = projects.find(({ folder }) => folder === edge.to)
    if (from === undefined || to === undefined) return [`${edge.from} → ${edge.to}: no project of the workspace`]
    return [...(to.folder === emulator ? emulatorFaults(from, to) : importFaults(from, to))].map(
      (fault) => `${from.folder} → ${to.folder}: ${fault}`,
    )
  })
}

/**
 * Lint sees to it that only tests import the emulator; here it must not be shipped.
 *
 * @param {Project} from
 * @param {Project} to
 */
function* emulatorFaults({ packageJson }, { packageJson: { name } }) {
  if (packageJson.dependencies?.[name] !== undefined) yield 'the emulator belongs into devDependencies'
  else if (packageJson.devDependencies?.[name] === undefined) yield `${name} is missing in devDependencies`
}

/**
 * @param {Project} from
 * @param {Project} to
 */
function* importFaults({ folder, packageJson, references }, to) {
  const { name } = to.packageJson
  const allowed = mayImport.find(([prefix]) => folder.startsWith(prefix))?.[1] ?? []
  if (!allowed.some((prefix) => to.folder.startsWith(prefix))) yield 'this import is not allowed'
  if (references === undefined) {
    // Bundled: what is inside needs no install, so either list will do.
    if (packageJson.dependencies?.[name] === undefined && packageJson.devDependencies?.[name] === undefined)
      yield `${name} is missing in package.json`
    return
  }
  if (packageJson.dependencies?.[name] === undefined) yield `${name} is missing in dependencies`
  // Neither compiler reports it, and then a stale dist is compiled against.
  if (!references.includes(to.folder)) yield `${to.folder} is missing in the references of tsconfig.build.json`
}
