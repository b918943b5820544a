import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/**
 * @typedef {object} PackageJson
 * @property {string} name
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 */
/**
 * @typedef {object} Project
 * @property {string} folder as `packages/core`
 * @property {PackageJson} packageJson
 * @property {readonly string[] | undefined} references folders its tsconfig.build.json names; undefined where tsc does not build it
 */

/** @returns {Project[]} every project of the workspace */
export function readProjects() {
  /** @type {{ workspaces: string[] }} */
  const { workspaces } = readJson('package.json')
  return workspaces
    .map((pattern) => pattern.replace('/*', ''))
    .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, packageJson: readJson(`${folder}/package.json`), references: readReferences(folder) }))
}

/** @param {string} folder */
function readReferences(folder) {
  const file = `${folder}/tsconfig.build.json`
  if (!existsSync(join(root, file))) return undefined
  /** @type {{ references?: { path: string }[] }} */
  const { references = [] } = readJson(file)
  return references.map(({ path }) => join(folder, path).replaceAll('\\', '/').replace('/tsconfig.build.json', ''))
}

/** @param {string} file a path from the clone's folder */
export function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}
