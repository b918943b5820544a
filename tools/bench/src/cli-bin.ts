import { fileURLToPath } from 'node:url'

/** The built command; the bundle in dist/ lies as deep as this file. */
export const cliBin = fileURLToPath(new URL('../../../apps/cli/bin/backset.js', import.meta.url))
