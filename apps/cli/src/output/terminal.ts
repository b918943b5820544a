export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** A terminal as whoever draws on all of it needs it. */
export interface Terminal {
  /** As it is now. */
  readonly size: () => TerminalSize
  /** Tells what happens to it, until it is disposed of. */
  readonly attend: (attendant: Attendant) => Disposable
}

export interface Attendant {
  readonly onResize: () => void
  /** The process goes to the background as soon as this has ended. */
  readonly onStop: () => Promise<void>
  /** The process is back, and whatever was shown may be gone. */
  readonly onContinue: () => void
  /** Written when the process ends without having said that it does. */
  readonly atExit: string
}
