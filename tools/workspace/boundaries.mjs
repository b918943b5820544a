// Fails when a project imports what it may not, or forgets to say what it imports. Nx reads the imports; the rules stand in boundary-rules.mjs.
import { execFileSync } from 'node:child_process'
import { findFaults } from './boundary-rules.mjs'
import { cleanEnv } from './clean-env.mjs'
import { readJson, readProjects } from './projects.mjs'
import { root, toolPath } from './run.mjs'

const printed = execFileSync(process.execPath, [toolPath('nx'), 'graph', '--print'], {
  cwd: root,
  env: cleanEnv(process.env),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
})
/** @type {{ graph: { nodes: Record<string, { data: { root: string } }>, dependencies: Record<string, { source: string, target: string }[]> } }} */
const { graph } = JSON.parse(printed)
const folderOf = (/** @type {string} */ name) => graph.nodes[name]?.data.root
const edges = Object.values(graph.dependencies)
  .flat()
  .flatMap(({ source, target }) => {
    const [from, to] = [folderOf(source), folderOf(target)]
    return from === undefined || to === undefined ? [] : [{ from, to }] // the rest are npm packages, which knip sees to
  })

const faults = findFaults(readProjects(), edges)
// Without it the graph holds only what package.json says, and every import would look allowed.
if (readJson('nx.json').pluginsConfig?.['@nx/js']?.analyzeSourceFiles !== true) faults.push('nx.json: @nx/js must have analyzeSourceFiles')

for (const fault of faults) console.error(fault)
console.log(
  faults.length === 0
    ? `Boundaries hold: ${edges.length} edges.`
    : `${faults.length} faults at the boundaries. The map is docs/architecture.md.`,
)
process.exitCode = faults.length === 0 ? 0 : 1
