// Bundles the app in the current folder into dist/: one read of a few files starts faster than hundreds of small ones.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { directImports } from './direct-imports.mjs'
import { leanUndici } from './lean-undici.mjs'
import { leanBuiltins } from './lean-builtins.mjs'
import { noticesOf } from './notices.mjs'

/** @type {{ dependencies?: Record<string, string> }} */
const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync('dist', { recursive: true, force: true }) // chunks bear a hash, old ones would stay
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['@backset/source', 'module'],
  external: Object.keys(dependencies),
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none', // the notices hold the licences whole
  metafile: true,
  plugins: [directImports, leanBuiltins, leanUndici],
  // undici is CommonJS and requires node: modules.
  banner: { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" },
}).catch(() => process.exit(1)) // esbuild has said why
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(Object.keys(metafile.inputs)))
