import type { Proof, Verdict } from '@backset/core'

const meaning: Readonly<Record<Verdict, string>> = {
  sealed: 'complete: both ends stood still while it was read',
  settled: 'complete: a walk agreed with the one before it',
  twice: 'complete: two walks agreed',
  moving: 'NOT proved: it kept moving',
  short: 'NOT proved: it shows fewer tasks than DBS says it has',
  partial: 'not read to its end: no claim',
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

/** A proof in one line for people; `label` tells several listings apart. */
export function proofLine(proof: Proof, label?: string): string {
  const { verdict, rows, matched, totalElements, pages, walks, requests, duplicates, tellTales, firstRequestId, lastRequestId } = proof
  const parts = [
    `${verdict} (${meaning[verdict]})`,
    `${rows} of ${totalElements ?? 'an unknown number of'} rows${matched === rows ? '' : `, ${matched} matched`}`,
    `${count(pages, 'page')}, ${count(walks, 'walk')}, ${count(requests, 'request')}`,
    ...(duplicates > 0 ? [`${duplicates} came twice`] : []),
    ...(tellTales.length > 0 ? [`seen: ${tellTales.join(', ')}`] : []),
    ...(proof.resumedFrom === undefined ? [] : ['speaks of the rows after the cursor']),
    ...(firstRequestId === undefined ? [] : [`request ids ${firstRequestId} to ${lastRequestId ?? firstRequestId}`]),
  ]
  return `proof${label === undefined ? '' : ` of ${label}`}: ${parts.join('; ')}\n`
}

/** Whether a proof is told unasked: when the list moved or is not whole. */
export const isNews = ({ verdict }: Proof): boolean => verdict === 'settled' || verdict === 'moving' || verdict === 'short'
