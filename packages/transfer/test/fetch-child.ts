import { writeSync } from 'node:fs'
import { DbsError } from '@backset/core'
import { fetchFile } from '../src/index.js'

// Fetches a link into a folder, and says after each write how many bytes it has; in the end the code of an error.
const [link = '', folder = '', taskId = ''] = process.argv.slice(2)
try {
  await fetchFile({
    taskId,
    folder,
    links: async () => ({ internetUrl: link }),
    endpointIsLoopback: true,
    onProgress: ({ bytes }) => void writeSync(1, `${bytes}\n`),
  })
} catch (error) {
  writeSync(1, `${error instanceof DbsError ? error.code : String(error)}\n`)
}
