import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Agent } from 'undici'
import { expect, test } from 'vitest'
import { exchange } from '../src/transport/exchange.js'
import { signedRequest, type RequestPlan } from '../src/transport/signed-request.js'
import { httpAnswer, startRawServer, type RawRequest } from './raw-server.js'

const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret', securityToken: 'CAIS+token/==' }
const hex = (text: string): string => createHash('sha256').update(text).digest('hex')

// A reading of the signatures of its own, from the bytes alone: it decodes what came and encodes it anew, as a gateway does.

const encoded = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      /[A-Za-z0-9\-_.~]/.test(String.fromCodePoint(byte))
        ? String.fromCodePoint(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')

const canonical = (pairs: readonly (readonly [string, string])[]): string =>
  pairs
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&')

const pairsOf = (query: string): [string, string][] =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('=', 2).map(decodeURIComponent) as [string, string])

function v3SignatureOf({ requestLine, headers, body }: RawRequest): string {
  const [method = '', target = ''] = requestLine.split(' ')
  const [path, query = ''] = target.split('?', 2)
  const signed = headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const canonicalRequest = [
    method,
    path,
    canonical(pairsOf(query)),
    signed.map(([name, value]) => `${name}:${value}\n`).join(''),
    signed.map(([name]) => name).join(';'),
    hex(body),
  ].join('\n')
  return createHmac('sha256', credentials.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${hex(canonicalRequest)}`)
    .digest('hex')
}

function v1SignatureOf(method: string, pairs: readonly [string, string][]): string {
  const text = `${method}&%2F&${encoded(canonical(pairs.filter(([name]) => name !== 'Signature')))}`
  return createHmac('sha1', `${credentials.accessKeySecret}&`).update(text).digest('base64')
}

const awkward = fc.string({
  unit: fc.oneof(
    fc.constantFrom('!', "'", '(', ')', '*', '~', '+', '%', ' ', '&', '=', '?', '#', '/', '\\', '\n', '中', '𠮷', '\uFFFD', '"', '<'),
    fc.string({ unit: 'grapheme', maxLength: 1 }),
  ),
})
const parameters = fc.dictionary(
  fc.oneof(fc.constantFrom('BackupPlanId', 'PageNum', '𠮷', '\uFFFD', 'a', 'Z'), awkward),
  fc.oneof(awkward, fc.boolean(), fc.nat()),
  { maxKeys: 6 },
)
const reserved = new Set(['RegionId', 'Action', 'Version', 'Format', 'AccessKeyId', 'Signature', 'SecurityToken', 'Timestamp'])

test.each([
  ['v3', 'POST'],
  ['v3', 'GET'],
  ['v1', 'POST'],
  ['v1', 'GET'],
] as const)('%s %s signs the bytes that are sent', async (signature, method) => {
  await using server = await startRawServer((socket) => socket.write(httpAnswer('{}')))
  const dispatcher = new Agent()
  const plan: RequestPlan = {
    endpoint: server.url,
    signature,
    method,
    wire: 'json',
    regionId: 'cn-hangzhou',
    userAgent: 'backset/0.1 (test; x64)',
  }
  try {
    await fc.assert(
      fc.asyncProperty(parameters, fc.uuid(), fc.boolean(), async (given, nonce, again) => {
        const call = { action: 'DescribeBackupPlanList', version: '2019-03-06', safety: 'read', parameters: given } as const
        const retry = again ? { attempt: 1, delayMs: 12.5 } : undefined
        const request = signedRequest(call, plan, { credentials, date: new Date('2026-01-15T08:30:00.999Z'), nonce, retry })
        await exchange(dispatcher, request, { signal: AbortSignal.timeout(10_000) })
        const sent = server.requests.at(-1)
        if (sent === undefined) throw new Error('nothing came')
        const headers = new Map(sent.headers)
        const query = sent.requestLine.split(' ')[1]?.split('?', 2)[1] ?? ''
        const arrived = pairsOf(signature === 'v1' && method === 'POST' ? sent.body : query)

        expect(sent.requestLine.startsWith(`${method} /`)).toBe(true)
        expect(new Set(headers.keys()).size).toBe(sent.headers.length)
        expect(headers.get('host')).toBe(server.url.host)
        expect(headers.get('accept')).toBe('application/json')
        expect(headers.get('x-acs-retry-attempts')).toBe(again ? '1' : undefined)
        if (signature === 'v3') {
          expect(sent.body).toBe('')
          expect(headers.get('authorization')).toMatch(new RegExp(`Signature=${v3SignatureOf(sent)}$`))
          expect(headers.get('x-acs-security-token')).toBe(credentials.securityToken)
          expect(headers.get('x-acs-date')).toBe('2026-01-15T08:30:00Z')
        } else {
          expect(Object.fromEntries(arrived)).toMatchObject({
            Format: 'JSON',
            Action: call.action,
            SecurityToken: credentials.securityToken,
          })
          expect(Object.fromEntries(arrived)['Signature']).toBe(v1SignatureOf(method, arrived))
        }
        const own = Object.entries(given).filter(([name]) => !reserved.has(name) && !name.startsWith('Signature'))
        for (const [name, value] of own) expect(arrived).toContainEqual([name, String(value)])
      }),
      { numRuns: 300 },
    )
  } finally {
    await dispatcher.destroy()
  }
})
