import { InputError } from '@backset/core'

const tokenForm = /^[\u0020-\u007E]{1,64}$/

/** 128 bits by chance, as text that is fit for a command line. */
function newClientToken(random: () => number): string {
  const words = Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32))
  return `backset-${words.map((word) => word.toString(16).padStart(8, '0')).join('')}`
}

/**
 * The token that was given, or a new one. It is made before anything is sent, so that whatever happens then it can be given again.
 * @throws InputError for one that DBS does not take
 */
export function clientTokenOf(given: string | undefined, random: () => number): string {
  if (given === undefined) return newClientToken(random)
  if (tokenForm.test(given)) return given
  throw new InputError('--client-token must have 1 to 64 ASCII characters.', { field: 'client-token', hint: 'Leave it out for a new one.' })
}
