// All data is a pure function of the seed, so that a list of a million rows costs nothing before it is read.

/** 32 well mixed bits of three numbers (the finaliser of MurmurHash3, once for each). */
export function mix(seed: number, stream: number, index: number): number {
  let hash = scramble(seed ^ 0x9e3779b9)
  hash = scramble(hash ^ Math.imul(stream + 1, 0x85ebca6b))
  return scramble(hash ^ Math.imul(index + 1, 0xc2b2ae35))
}

/** A number below `limit` for one more question about the same hash. */
export const draw = (hash: number, question: number, limit: number): number => scramble(hash ^ Math.imul(question + 1, 0x27d4eb2f)) % limit

/** 32 bits of a text. */
export function mixText(seed: number, text: string): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return scramble(hash)
}

/** Chance with a memory: the same seed gives the same sequence, each value in [0, 1). */
export function createDice(seed: number): () => number {
  let rolls = 0
  return () => mix(seed, 0xd1ce, rolls++) / 2 ** 32
}

function scramble(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
