/** Where text goes. A write resolves when the reader has room for more, so whoever awaits it makes nothing faster than it is read. */
export interface Sink {
  /** Rejects with a ReaderGone when nobody reads any more, and as the signal says when the reader is not to be waited for any longer. */
  readonly write: (text: string, options?: { readonly signal?: AbortSignal }) => Promise<void>
  readonly isTTY: boolean
  /** The terminal's width as it is now, in columns; undefined in a pipe. */
  readonly width: () => number | undefined
}

/** The reader closed its end, as `head` does. No fault: the command ends quietly. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone'
}
