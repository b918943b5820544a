// An esbuild plugin. A package is entered through its index, and esbuild, when it splits, takes a file that enters an index for one that needs everything
// behind it: `backset --help` would load the HTTP client for the sake of one error class. So, while bundling, a name that is imported from an index of ours is
// imported from the file that the index takes it from. The sources stay as they are.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.mjs'

const packages = readdirSync(join(root, 'packages'))

/** @type {Map<string, Map<string, string>>} package name to exported name to file */
const homes = new Map(packages.map((name) => [`@backset/${name}`, homesIn(join(root, 'packages', name, 'src', 'index.ts'))]))

/**
 * Which file each name of an index comes from.
 *
 * @param {string} index
 * @returns {Map<string, string>}
 */
function homesIn(index) {
  /** @type {Map<string, string>} */
  const files = new Map()
  for (const [, names = '', file = ''] of readFileSync(index, 'utf8').matchAll(/export \{([^}]*)\} from '\.\/([^']+)\.js'/g)) {
    for (const name of names.split(',').map((one) => one.trim())) {
      if (!name.startsWith('type ')) files.set(name, join(dirname(index), `${file}.ts`))
    }
  }
  return files
}

/**
 * The same source, its imports from our indexes taken apart.
 *
 * @param {string} source
 */
export function withDirectImports(source) {
  return source.replaceAll(
    /^import \{([^}]*)\} from '(@backset\/[a-z-]+)'$/gm,
    (whole, /** @type {string} */ names, /** @type {string} */ from) => {
      const known = homes.get(from)
      if (known === undefined) return whole
      const values = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
      const lines = values.map((name) => {
        const home = known.get(name.split(' as ')[0]?.trim() ?? '')
        return `import { ${name} } from ${JSON.stringify(home ?? from)}`
      })
      return lines.join(';')
    },
  )
}

/** @type {import('esbuild').Plugin} */
export const directImports = {
  name: 'direct-imports',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:packages|apps)[\\/][^\\/]+[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => ({
      contents: withDirectImports(readFileSync(path, 'utf8')),
      loader: path.endsWith('x') ? 'tsx' : 'ts',
    }))
  },
}
