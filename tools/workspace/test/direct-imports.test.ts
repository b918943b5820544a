import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withDirectImports } from '../direct-imports.mjs'
import { root } from '../run.mjs'

const core = (file: string) => JSON.stringify(join(root, 'packages/core/src', file))

test('names of an index come from their files', () => {
  expect(withDirectImports(`import { type Clock, systemClock, DbsError as Base } from '@backset/core'`)).toBe(
    `import { systemClock } from ${core('clock.ts')};import { DbsError as Base } from ${core('errors/dbs-error.ts')}`,
  )
})

test('an import over several lines is taken apart', () => {
  expect(withDirectImports(`import {\n  DbsError,\n  systemClock,\n} from '@backset/core'\n`)).toContain(core('clock.ts'))
})

test.each([`import type { DbsClient } from '@backset/core'`, `import { join } from 'node:path'`, `import { x } from './x.js'`])(
  '%s stays as it is',
  (source) => {
    expect(withDirectImports(source)).toBe(source)
  },
)

test('a name no file gives stays with its index', () => {
  expect(withDirectImports(`import { gone } from '@backset/core'`)).toBe(`import { gone } from "@backset/core"`)
})
