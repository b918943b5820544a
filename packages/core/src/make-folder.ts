import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder, and those above it that are missing.
 *
 * Node's own `recursive` never ends where the system refuses a name by "no such file", as under `/proc`.
 * @param mode of those it makes. @default 0o777, less what the process masks
 * @throws the system's error; `ENOTDIR` where something else stands in a folder's place
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const path = resolve(folder)
  try {
    await makeOne(path, mode)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing || dirname(path) === path) throw error
    await makeFolder(dirname(path), mode)
    await makeOne(path, mode)
  }
}

/** Whatever mkdir says of a folder that is there, it is there: a read-only disk says so first. */
async function makeOne(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && !found.isDirectory()) throw Object.assign(new Error(`${path} is no folder`), { code: 'ENOTDIR' })
    if (found === undefined) throw error
  }
}
