import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Tests read the neighbours' sources; the default conditions must be named again beside ours.
const conditions = ['@backset/source', 'module', 'node', 'development|production']
const tool = (name: string) => fileURLToPath(new URL(`tools/workspace/${name}`, import.meta.url))

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['**/{src,test}/**/*.test.{ts,tsx}'],
    setupFiles: [tool('quiet.ts')],
    reporters: ['default', tool('count-reporter.mjs')],
    testTimeout: 20_000,
  },
})
