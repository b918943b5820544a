/** DBS's RequestId of what an answer was made from, as a header. What comes from the network does not make header lines. */
export const upstreamRequestId = (id: string | undefined): Readonly<Record<string, string>> =>
  id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id) ? { 'x-backset-upstream-request-id': id } : {}
