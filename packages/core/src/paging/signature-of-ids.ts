import { hash } from 'node:crypto'

/** 48 bits that stand for a sequence of ids, as a number: small, and the same in every process. */
export const signatureOfIds = (ids: readonly string[]): number => hash('sha256', ids.join('\u0000'), 'buffer').readUIntBE(0, 6)
