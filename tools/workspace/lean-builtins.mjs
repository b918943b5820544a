// An esbuild plugin. `import { write } from 'node:fs'` makes Node read every export of the module, the lazy ones too: for fs that is all of its streams, for crypto
// the whole of WebCrypto. A CommonJS view of the same module reads none before it is used, and a start is a tenth shorter.

/** @type {import('esbuild').Plugin} */
export const leanBuiltins = {
  name: 'lean-builtins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) => (kind === 'import-statement' ? { path, namespace: 'builtin' } : undefined))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
      loader: 'js',
    }))
  },
}
