import { redactText } from '../errors/redact-text.js'

// What never reaches a log, a trace or a metric, however loud it is asked for: keys, tokens, signatures, passwords.

/** How secrets are named in headers and parameters, ours and those of any other action: `SourceEndpointPassword`, `x-acs-security-token`. */
const secretName = /(?:authorization|cookie|password|secret|signature|(?<!client)token)$/i
const keyIdName = /access-?key-?id$/i

/** Headers fit for a log: secrets as `***`, the key id shortened, and no control characters, since an answer's headers are hostile. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactValue(name, redactText(value))]))
}

/** A query or a form body, fit for a log. */
export const redactParameters = (encoded: string): string => redactPairs(encoded, '&', '=')

/** The URL of a request of ours, fit for a log. */
export function redactUrl(url: string): string {
  const at = url.indexOf('?')
  return at === -1 ? url : `${url.slice(0, at)}?${redactParameters(url.slice(at + 1))}`
}

/** A string to sign, fit for a log: under v1 it holds the parameters, encoded once more. */
export const redactStringToSign = (text: string): string =>
  text
    .split('&')
    .map((part) => redactPairs(part, '%26', '%3D'))
    .join('&')

function redactPairs(encoded: string, separator: string, equals: string): string {
  return encoded
    .split(separator)
    .map((pair) => {
      const [name = '', ...values] = pair.split(equals)
      return values.length === 0 ? pair : `${name}${equals}${redactValue(name, values.join(equals))}`
    })
    .join(separator)
}

function redactValue(name: string, value: string): string {
  if (secretName.test(name)) return '***'
  return keyIdName.test(name) ? shortened(value) : value
}

/** Enough of a key id to tell two apart. */
const shortened = (keyId: string): string => (keyId.length < 12 ? '***' : `${keyId.slice(0, 4)}***${keyId.slice(-2)}`)
