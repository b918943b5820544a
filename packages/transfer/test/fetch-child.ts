import { writeSync } from 'node:fs'
import { fetchFile } from '../src/index.js'

// Fetches a link into a folder, and says after each write how many bytes it has.
const [link = '', folder = '', taskId = ''] = process.argv.slice(2)
await fetchFile({
  taskId,
  folder,
  links: async () => ({ internetUrl: link }),
  endpointIsLoopback: true,
  onProgress: ({ bytes }) => void writeSync(1, `${bytes}\n`),
})
