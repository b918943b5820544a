import { constants } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'

/** Where a file stands until it is whole; a kill leaves it. */
export const draftOf = (path: string): string => `${path}.new`

const { O_WRONLY, O_CREAT, O_TRUNC } = constants
/** In place of a draft that was left; a link there is not followed. */
const anew = O_WRONLY | O_CREAT | O_TRUNC | (constants.O_NOFOLLOW ?? 0)

/** Writes a small file of mode 0600 that appears whole or not at all. For one writer at a time: whoever holds the lock of the fetched file. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = draftOf(path)
  try {
    const file = await open(draft, anew, 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}

/** So that names survive a power cut; a file system that cannot do it (Windows) keeps them in its own way. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
