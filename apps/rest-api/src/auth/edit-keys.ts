import { existsSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { type Clock, DbsError } from '@backset/core'
import { openDraft } from '@backset/formats'
import { type KeyRecord, recordsText } from './key-record.js'
import { readRecords } from './keys-file.js'

export interface EditOptions {
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
}

/** How long another writer is waited for, milliseconds; it needs a few. */
const patienceMs = 5000
const lookAgainMs = 50

/**
 * Changes a keys file: one writer at a time, and the file is there whole, before or after, whatever happens. A file that is missing is made, readable
 * by its owner alone.
 * @throws DbsError `invalid-setting` when it is broken or open to others, `cannot-write`
 */
export async function editKeys<Result>(
  path: string,
  change: (records: readonly KeyRecord[]) => { readonly records: readonly KeyRecord[]; readonly result: Result },
  options: EditOptions,
): Promise<Result> {
  const lock = `${path}.lock`
  await takeLock(lock, path, options)
  try {
    const { records, result } = change(existsSync(path) ? readRecords(path) : [])
    const draft = await openDraft(path, { mode: 0o600 })
    try {
      await draft.write(recordsText(records))
      await draft.finish()
    } finally {
      await draft.discard()
    }
    return result
  } finally {
    await rm(lock, { force: true })
  }
}

/** Made by one writer only; a writer that was killed leaves it, and then a person decides. */
async function takeLock(lock: string, path: string, { clock, signal }: EditOptions): Promise<void> {
  const deadline = clock.monotonic() + patienceMs
  for (;;) {
    try {
      await (await open(lock, 'wx', 0o600)).close()
      return
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
      if (code !== 'EEXIST') {
        throw new DbsError('cannot-write', `${path} could not be written: ${code === 'ENOENT' ? 'its folder does not exist' : code}.`, {
          hint: 'Choose another file with --keys, or make its folder.',
        })
      }
    }
    if (clock.monotonic() >= deadline) {
      throw new DbsError('cannot-write', `${path} is being changed by another command: ${lock} stands there.`, {
        hint: `When no other command runs, one was killed: remove ${lock}.`,
      })
    }
    await clock.sleep(lookAgainMs, signal)
  }
}
