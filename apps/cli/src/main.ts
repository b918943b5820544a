// An import by name would make Node read all that a module exports, and what lies behind it; this reads what is used.
const { readFileSync } = process.getBuiltinModule('node:fs')
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }

// What nobody should wait for: it ends before anything of ours is loaded.
if (process.argv[2] === '--version') process.stdout.write(`${version}\n`)
else {
  // Node 20 optimises undici's WebAssembly parser in the background and the exit waits 50 ms for it; later versions do not, but can cache what they compile.
  if (process.versions.node.startsWith('20.')) process.getBuiltinModule('node:v8').setFlagsFromString('--liftoff-only')
  else (process.getBuiltinModule('node:module') as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.()
  const { start } = await import('./start.js')
  process.exitCode = await start(process, version)
}
