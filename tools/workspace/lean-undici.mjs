// An esbuild plugin: what a command needs of undici, and of Node behind it. The whole of undici, and the modules of Node that it loads for what is never used
// here, cost a third of the time of a short command.
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('undici-lean.mjs', import.meta.url))

/** In place of what undici loads and a client of HTTP/1.1 never calls. */
const stand = {
  // HTTP/2 is spoken only with `allowH2`, which is off.
  './client-h2.js': "module.exports = () => { throw new Error('HTTP/2 is left out of this bundle') }",
  // Of node:http it takes the bound on headers, and a class to tell a stream of Node's own server by.
  'node:http': 'module.exports = { maxHeaderSize: 16384, IncomingMessage: class IncomingMessage {} }',
}

/** @type {import('esbuild').Plugin} */
export const leanUndici = {
  name: 'lean-undici',
  setup(build) {
    // esbuild's alias would match undici/lib/… too.
    build.onResolve({ filter: /^undici$/ }, () => ({ path: entry }))
    build.onResolve({ filter: /^(?:\.\/client-h2\.js|node:http)$/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]undici[\\/]/.test(importer) ? { path, namespace: 'lean-undici' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'lean-undici' }, ({ path }) => ({
      contents: stand[/** @type {keyof typeof stand} */ (path)],
      loader: 'js',
    }))
  },
}
