import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The licences of what a bundle holds, one section a package, in order of name.
 *
 * @param {readonly string[]} files the bundle's inputs, as esbuild's metafile names them
 * @throws when a package names no licence: then somebody has to look before it is shipped
 */
export function noticesOf(files) {
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []))
  const sections = new Map([...folders].map(section))
  const sorted = [...sections].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text)
  return `This program contains the packages below, each under its own licence.\n\n${sorted.join('\n')}`
}

/** @param {string} file */
function packageFolder(file) {
  // Greedy, so that a package inside another one's node_modules is found.
  return /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]
}

/**
 * @param {string} folder
 * @returns {[string, string]}
 */
function section(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (license === undefined && texts.length === 0) throw new Error(`${name} ${version} names no licence. Find out before you bundle it.`)
  const title = `${name} ${version} (${license ?? 'see below'})`
  return [title, `${title}\n${'-'.repeat(title.length)}\n\n${texts.join('\n\n') || 'The package names its licence without a text.'}\n`]
}
