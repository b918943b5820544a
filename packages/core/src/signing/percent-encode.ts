// RFC 3986: everything but A-Z a-z 0-9 - _ . ~ becomes %XX. encodeURIComponent leaves these five bare.
const leftBare = /[!'()*]/g

/** Percent-encodes UTF-8 text as both signatures want it. A lone surrogate becomes U+FFFD, as every UTF-8 encoder makes it. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(leftBare, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
