// An import by name would make Node read all that a module exports, and what lies behind it; this reads what is used.
const { readFileSync, writeSync } = process.getBuiltinModule('node:fs')
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }

// What nobody should wait for: it ends before anything of ours is loaded, unless it cannot be written and that has to be told.
if (process.argv[2] !== '--version' || !isWritten(`${version}\n`)) {
  // Node 20 optimises undici's WebAssembly parser in the background and the exit waits 50 ms for it; later versions do not, but can cache what they compile.
  if (process.versions.node.startsWith('20.')) process.getBuiltinModule('node:v8').setFlagsFromString('--liftoff-only')
  else (process.getBuiltinModule('node:module') as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.()
  const { start } = await import('./start.js')
  process.exitCode = await start(process, version)
}

function isWritten(text: string): boolean {
  try {
    return writeSync(1, text) === text.length
  } catch {
    return false
  }
}
