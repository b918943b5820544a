// `npm run bench [-- case …]`: builds what is missing, then measures.
import { run } from './run.mjs'
import { build } from './set-up.mjs'

await build()
process.exitCode = await run(process.execPath, ['tools/bench/dist/run.js', ...process.argv.slice(2)])
