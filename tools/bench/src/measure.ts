/** One line of the table. */
export interface Row {
  readonly what: string
  /** As people read it: `1.32 s`, `84 MiB`. */
  readonly figure: string
  /** Against the first row of the case: `7.6 × as fast`. */
  readonly ratio?: string
}

/** One thing that is measured, beside what it is compared with. */
export interface Case {
  readonly title: string
  /** Runs by name alone: it takes minutes. @default false */
  readonly onlyByName?: boolean
  /** The first row is what the others are compared with. */
  readonly run: (signal: AbortSignal) => Promise<readonly Row[]>
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
export const milliseconds = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 0)} ms`
export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`

/** @param ms shorter is faster */
export const timesAsFast = (baseMs: number, ms: number): string => `${(baseMs / ms).toFixed(2)} × as fast`
export const timesAsLong = (baseMs: number, ms: number): string => `${(ms / baseMs).toFixed(2)} × as long`

/** The middle of an odd number of figures. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
