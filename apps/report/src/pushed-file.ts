import type { ExportFile, FileFacts } from './export-file.js'
import { HandOff } from './hand-off.js'

/** A file that is filled while something else is read. */
export interface PushedFile<Value> {
  /** Ends when the value is dealt with, so that nothing piles up. */
  readonly push: (value: Value) => Promise<void>
  /** Nothing more comes; ends when all of it is written. */
  readonly finish: () => Promise<FileFacts>
}

/** Fills a file with values that are pushed. */
export function pushInto<Value>({ fill }: ExportFile, render: (values: AsyncIterable<Value>) => AsyncIterable<string>): PushedFile<Value> {
  const values = new HandOff<Value>()
  const filled = fill(render(values))
  filled.catch((error: unknown) => values.fail(error))
  return {
    push: async (value) => values.push(value),
    async finish() {
      values.end()
      return filled
    },
  }
}
