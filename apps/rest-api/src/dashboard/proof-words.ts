import type { Proof, Verdict } from '@backset/core'

const meanings: Readonly<Record<Verdict, string>> = {
  sealed: 'Complete: both ends of the list stood still while it was read.',
  settled: 'Complete: the list moved while it was read, and a later pass agreed with the one before it.',
  twice: 'Complete: two passes agreed.',
  moving: 'Not proved complete: the list kept moving while it was read. Tasks may be missing.',
  short: 'Not proved complete: DBS shows fewer tasks than it says it has.',
  partial: 'Not read to its end: nothing is claimed.',
}

const proved: readonly Verdict[] = ['sealed', 'settled', 'twice']

/** Whether a list may be taken for the whole. */
export const isProved = ({ verdict }: Proof): boolean => proved.includes(verdict)

/** A proof in words. */
export function proofWords(proof: Proof): string {
  const { verdict, rows, totalElements, pages, walks, duplicates, tellTales } = proof
  const seen = [
    `${counted(rows, 'task')} of ${totalElements ?? 'an unknown number'}`,
    `${counted(pages, 'page')}, ${counted(walks, 'pass', 'passes')}`,
    ...(duplicates === 0 ? [] : [`${duplicates} came twice`]),
    ...(tellTales.length === 0 ? [] : [`seen: ${tellTales.join(', ')}`]),
  ]
  return `${meanings[verdict]} ${seen.join('; ')}.`
}

/** `1 task`, `2 tasks`, `12,345 tasks` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
