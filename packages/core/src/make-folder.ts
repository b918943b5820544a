import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder, and those above it that are missing.
 *
 * Node's own `recursive` never ends where the system refuses a name by "no such file", as under `/proc`.
 * @param mode of those it makes. @default 0o777, less what the process masks
 * @throws the system's error
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const path = resolve(folder)
  if (await isMade(path, mode, 'ENOENT')) return
  await makeFolder(dirname(path), mode)
  await isMade(path, mode)
}

/** @returns false for the refusal that is `borne` */
async function isMade(path: string, mode: number, borne?: string): Promise<boolean> {
  try {
    await mkdir(path, { mode })
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === borne && dirname(path) !== path) return false
    // Whatever mkdir says of a folder that is there: a read-only disk says so first.
    if (
      await stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      )
    )
      return true
    throw error
  }
}
