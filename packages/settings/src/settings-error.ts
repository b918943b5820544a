import { DbsError } from '@backset/core'

/** One thing that is wrong with what a command was told. */
export interface Fault {
  /** Where it was said: `--page-size`, `BACKSET_PAGE_SIZE` or `config.yaml:3:11`. */
  readonly source: string
  /** A whole sentence that begins with the source. */
  readonly message: string
  /** What to write instead. */
  readonly remedy?: string | undefined
}

/** Settings are wrong: every fault at once, and nothing was sent. */
export class SettingsError extends DbsError {
  override readonly name = 'SettingsError'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    const remedies = [...new Set(faults.flatMap(({ remedy }) => remedy ?? []))]
    super('invalid-setting', faults.map(({ message }) => message).join('\n'), {
      hint: remedies.length === 0 ? undefined : remedies.join(' '),
    })
    this.faults = faults
  }
}
