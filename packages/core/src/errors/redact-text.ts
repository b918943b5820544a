// Text that came from outside may quote a request or a link. What is secret in one: what follows the path of a URL, and words behind names like these.
const urlQuery = /(https?:\/\/[^\s"'<>?#;]*)[?#;][^\s"'<>]*/gi
const userInfo = /(https?:\/\/)[^\s/@"'<>]*@/gi
const namedSecret =
  /\b((?:x-acs-)?(?:access-?key-?secret|access_key_secret|security-?token|sts_?token|signature|authorization|password|secret|token))(["']?\s*[:=]\s*["']?)(?!\/\/)[^\s"'&,;<>]+/gi
const signedText = /(string to sign is\s*:)[^]*/i
// oxlint-disable-next-line no-control-regex -- control and bidi characters could rewrite a terminal's line
const unsafe = /[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g

/** Text from outside, fit for an error or a log: without URL queries, named secrets and control characters, and not longer than `maxLength`. */
export function redactText(text: string, maxLength = 400): string {
  const bounded = text.slice(0, maxLength * 8)
  const clean = bounded
    .replace(signedText, '$1 ***')
    .replace(userInfo, '$1***@')
    .replace(urlQuery, '$1?***')
    .replace(namedSecret, '$1$2***')
    .replace(unsafe, ' ')
    .trim()
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength)}…`
}
