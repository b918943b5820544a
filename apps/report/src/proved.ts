import type { SourceReading } from './manifest.js'

const proving: readonly string[] = ['sealed', 'settled', 'twice']

/** Whether nothing of a list can be missing. */
export const isProved = ({ proof, error }: SourceReading): boolean => error === undefined && proving.includes(proof?.verdict ?? '')
