import { writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { DbsError } from '@backset/core'
import { fetchFile } from '../src/index.js'

// Fetches a link into a folder, and says after each write how many bytes it has; in the end the code of an error.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { connections: { type: 'string', default: '4' }, 'kill-after': { type: 'string' } },
})
const [link = '', folder = '', taskId = ''] = positionals
if (values['kill-after'] !== undefined) await killAfter(Number(values['kill-after']))
try {
  await fetchFile({
    taskId,
    folder,
    connections: Number(values.connections),
    links: async () => ({ internetUrl: link }),
    endpointIsLoopback: true,
    onProgress: values['kill-after'] === undefined ? ({ bytes }) => void writeSync(1, `${bytes}\n`) : undefined,
  })
} catch (error) {
  writeSync(1, `${error instanceof DbsError ? error.code : String(error)}\n`)
}

/** Kills this process when so many bytes are written, and says how many were. */
async function killAfter(bytes: number): Promise<void> {
  const file = await open(process.execPath)
  const handles = Object.getPrototypeOf(file) as FileHandle
  await file.close()
  // oxlint-disable-next-line unbound-method -- it is called on whatever handle it is asked for
  const { writev } = handles
  let written = 0
  handles.writev = async function (this: FileHandle, ...given: Parameters<FileHandle['writev']>) {
    const result = await writev.apply(this, given)
    written += result.bytesWritten
    if (written >= bytes) {
      writeSync(1, `${written}\n`)
      process.kill(process.pid, 'SIGKILL')
    }
    return result
  } as FileHandle['writev']
}
