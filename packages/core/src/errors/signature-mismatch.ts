/** The gateway may print line ends as two characters. */
const plain = (text: string): string => text.replaceAll('\\n', '\n').trim()

/**
 * Tells a wrong secret from a wrong way of signing: the gateway prints the string it signed, and where that is ours, only the secret can be wrong
 * (the vendor's Go SDK reads it so).
 */
export function explainSignatureMismatch(theirs: string | undefined, ours: string): string {
  if (theirs === undefined) return 'Check that the secret belongs to this AccessKeyId, and that no proxy changes requests.'
  return plain(theirs) === plain(ours)
    ? 'DBS signed the same text as we did: the AccessKeySecret is wrong. Copy it again; it belongs to one AccessKeyId.'
    : 'DBS signed another text than we did: something between changes requests, or backset signs wrongly. Try --signature v1, look for a proxy, and please report it with --dry-run.'
}
