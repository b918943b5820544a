// `npm run bench [case …]`: measures beside the vendor's packages and prints ratios. It asserts nothing: figures belong to a machine.
import { csv } from './cases/csv.js'
import { decoding } from './cases/decoding.js'
import { listing } from './cases/listing.js'
import { memory } from './cases/memory.js'
import { rest } from './cases/rest.js'
import { signing } from './cases/signing.js'
import { startUp } from './cases/start-up.js'
import { transfer } from './cases/transfer.js'
import { describeMachine } from './machine.js'
import type { Case } from './measure.js'
import { toTable } from './table.js'

const cases: Readonly<Record<string, Case>> = { listing, decoding, csv, signing, 'start-up': startUp, memory, rest, transfer }

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(cases, name))
  if (unknown.length > 0) {
    console.error(`There is no case ${unknown.join(', ')}. The cases: ${Object.keys(cases).join(', ')}.`)
    process.exitCode = 2
    return
  }
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  console.log(describeMachine())
  for (const [name, { title, onlyByName = false, run }] of Object.entries(cases)) {
    const wanted = names.length === 0 ? !onlyByName : names.includes(name)
    if (wanted) console.log(`\n${toTable(title, await run(stop.signal))}`)
    else if (names.length === 0) console.log(`\n${title}: npm run bench -- ${name}`)
  }
}

await main(process.argv.slice(2))
