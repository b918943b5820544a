import { defineCommand } from '../command.js'
import { outputOptions } from '../options.js'

export default defineCommand({
  summary: 'Compare exports with their manifests: checksums, rows, columns and schema; or prove that a folder holds all that was written',
  usage: 'MANIFEST…',
  examples: [
    'backset-report verify reports/weekly-downloads-2026-11-23.csv.gz.manifest.json',
    'backset-report verify --chain reports',
    'backset-report verify --chain reports --head 3f1c…',
  ],
  words: { min: 0, max: Number.POSITIVE_INFINITY },
  options: {
    chain: {
      kind: 'text',
      placeholder: 'DIR',
      summary: 'Every export of an output folder, and whether any was altered, dropped or back-dated',
    },
    head: {
      kind: 'list',
      placeholder: 'SHA256',
      needs: 'chain',
      summary: 'A manifest that was the newest once, as noted elsewhere: it must be known still',
    },
    ...outputOptions,
  },
  async run(args, context) {
    const { verify } = await import('../work/verify.js')
    return verify(args, context)
  },
})
