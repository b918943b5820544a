import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { Scenario } from '@backset/emulator'
import { expect, test } from 'vitest'
import { linkOf, onStage, type Stage } from './emulated.js'

type Rule = NonNullable<Scenario['rules']>[number]
const size = 12_000_000

/** A file of 20 MB whose requests meet these rules. */
const under = <Result>(rules: readonly Rule[], play: (stage: Stage) => Promise<Result>, files: Scenario['files'] = {}): Promise<Result> =>
  onStage({ scenario: { files: { bytes: size, ...files }, rules: rules.map((rule) => ({ action: 'GetFile', ...rule })) } }, play)

/** Fetches in spite of the rules; then the file is the server's. */
async function expectWhole({ fetch, emulator, bytes }: Stage, options: Parameters<Stage['fetch']>[0] = {}) {
  const fetched = await fetch(options)
  emulator.play({ files: { bytes: size } })
  expect((await readFile(fetched.file)).equals(await bytes())).toBe(true)
  return fetched
}

const expectNoFile = (folder: string, taskId: string): void => expect(existsSync(`${folder}/${taskId}.tar.gz`)).toBe(false)

test('a connection that breaks in a range goes on where it broke', () =>
  under([{ nth: [1, 3], fault: { kind: 'cut-body', bytes: 1_000_000 } }], async (stage) => {
    await expectWhole(stage)
    // How much came before the break, the socket decides.
    expect(stage.asked().filter((range) => /^bytes=[1-9]\d*-8388607$/.test(range))).toHaveLength(1)
  }))

test.each([
  { kind: 'reset' },
  { kind: 'unavailable' },
  { kind: 'html-502' },
  { kind: 'throttle' },
  { kind: 'refuse', status: 429, code: 'x' },
  { kind: 'short-body', bytes: 1000 },
] as const)('$kind is got over', (fault) =>
  under([{ nth: [1, 2, 4], fault }], async (stage) => {
    await expectWhole(stage)
  }),
)

test.each([
  ['unavailable', 'service-unavailable'],
  ['throttle', 'service-unavailable'],
  ['reset', 'unreachable'],
] as const)('%s without end is told as %s, after five attempts', (kind, code) =>
  under([{ fault: { kind } }], async ({ fetch, asked }) => {
    await expect(fetch()).rejects.toMatchObject({ code, retryable: true })
    expect(asked()).toHaveLength(5)
  }),
)

test('a file swapped between ranges is fetched anew', () =>
  under([{ nth: 3, fault: { kind: 'swap-file' } }], async ({ fetch, emulator, taskId }) => {
    const { file } = await fetch()
    emulator.play({ files: { bytes: size, version: 1 } })
    const now = Buffer.from(await (await globalThis.fetch(linkOf(emulator, taskId))).arrayBuffer())
    expect((await readFile(file)).equals(now)).toBe(true)
  }))

test('a file that never stands still is refused', () =>
  under([{ every: 2, fault: { kind: 'swap-file' } }], async ({ fetch, folder, taskId }) => {
    await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file', message: expect.stringContaining('kept changing') })
    expectNoFile(folder, taskId)
  }))

test.each(['offset', 'missing'] as const)('a Content-Range that lies about its %s now and then is asked for again', (what) =>
  under([{ nth: [2, 3, 5], fault: { kind: 'wrong-range', what } }], async (stage) => {
    await expectWhole(stage)
    expect(stage.asked().filter((range) => range.startsWith('bytes=0-'))).toHaveLength(1)
  }),
)

test.each(['offset', 'total', 'missing'] as const)('a Content-Range that always lies about its %s never makes a file', (what) =>
  under([{ fault: { kind: 'wrong-range', what } }], async (stage) => {
    await expect(stage.fetch()).rejects.toMatchObject({ code: 'wrong-file' })
    expectNoFile(stage.folder, stage.taskId)
    stage.emulator.play({ files: { bytes: size } })
    await expectWhole(stage)
  }),
)

test('a server that ignores ranges gives one stream', () =>
  under(
    [],
    async (stage) => {
      await expectWhole(stage)
      expect(stage.asked().slice(0, -1)).toEqual(['bytes=0-8388607'])
    },
    { ignoreRange: true },
  ))

test('a server that begins to ignore ranges gives one stream anew', () =>
  under([{ nth: [2, 3, 4, 5, 6], fault: { kind: 'ignore-range' } }], async (stage) => {
    await expectWhole(stage)
    expect(stage.asked()).toContain('all')
  }))

test('one stream that breaks begins anew, with no byte of the old', () =>
  under(
    [{ nth: [1, 2], fault: { kind: 'cut-body', bytes: 3_000_000 } }],
    async (stage) => {
      await expectWhole(stage)
      expect(stage.asked().length).toBeLessThan(6)
    },
    { ignoreRange: true },
  ))

test('one stream that always breaks is given up', () =>
  under(
    [{ fault: { kind: 'cut-body', bytes: 3_000_000 } }],
    async ({ fetch, asked, folder, taskId }) => {
      await expect(fetch()).rejects.toMatchObject({ code: 'unreachable' })
      expect(asked().length).toBeLessThan(10)
      expectNoFile(folder, taskId)
    },
    { ignoreRange: true },
  ))

test.each(['weak', 'none'] as const)('with an ETag that is %s the file comes in one stream', (etag) =>
  under(
    [],
    async (stage) => {
      await expectWhole(stage)
      expect(stage.asked().slice(0, -1)).toEqual(['bytes=0-8388607', 'all'])
    },
    { etag },
  ),
)

test('416 for the first byte is no file', () =>
  under([{ fault: { kind: 'refuse', status: 416, code: 'InvalidRange' } }], async ({ fetch }) => {
    await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file' })
  }))

test('416 in the middle begins anew', () =>
  under([{ nth: 2, fault: { kind: 'refuse', status: 416, code: 'InvalidRange' } }], async (stage) => {
    await expectWhole(stage)
  }))

test.each([
  ['md5', 1],
  ['crc64', 1],
  ['crc64', 4],
] as const)('a wrong %s over %i connections leaves nothing', (which, connections) =>
  under([{ fault: { kind: 'wrong-checksum', which } }], async ({ fetch, folder }) => {
    await expect(fetch({ connections })).rejects.toMatchObject({ code: 'wrong-file' })
    expect(await readdir(folder)).toEqual([])
  }),
)

test.each([1, 4])('a body without end is cut off, over %i connections', (connections) =>
  under([{ fault: { kind: 'endless-body' } }], async ({ fetch, folder }) => {
    await expect(fetch({ connections })).rejects.toMatchObject({ code: 'wrong-file' })
    expect(await readdir(folder)).toEqual([])
  }),
)

test('a body in gzip, unasked, is refused', () =>
  under(
    [{ fault: { kind: 'gzip' } }],
    async ({ fetch }) => {
      await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file' })
    },
    { bytes: 5000 },
  ))

test('three redirects are followed, a fourth is not', () =>
  under([{ times: 3, fault: { kind: 'redirect', to: 'same' } }], async (stage) => {
    await expectWhole(stage)
    stage.emulator.play({ rules: [{ action: 'GetFile', fault: { kind: 'redirect', to: 'same' } }] })
    await expect(stage.fetch({ force: true })).rejects.toMatchObject({
      code: 'link-refused',
      message: expect.stringContaining('more than 3'),
    })
  }))

test.each([
  'http://169.254.169.254/latest',
  'ftp://127.0.0.1/x',
  'http://100.100.100.200/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://example.invalid/',
])('a redirect to %s is not followed', (to) =>
  under([{ fault: { kind: 'redirect', to } }], async ({ fetch }) => {
    await expect(fetch()).rejects.toMatchObject({ code: 'link-refused' })
  }),
)

test('a link that expires on the way is replaced', () => {
  let now = Date.UTC(2026, 0, 20)
  return onStage({ now: () => now, scenario: { files: { bytes: size, linkTtlMs: 60_000 } } }, async (stage) => {
    let asked = 0
    const links = async () => {
      asked += 1
      return { internetUrl: linkOf(stage.emulator, stage.taskId) }
    }
    const onProgress = ({ bytes }: { bytes: number }): void => {
      if (bytes > 1_000_000 && asked === 1) now += 200_000
    }
    await expectWhole(stage, { links, onProgress, connections: 2 })
    expect(asked).toBe(2)
    expect(stage.emulator.requests.some(({ httpStatus }) => httpStatus === 403)).toBe(true)
  })
})

test.each([
  [403, 'link-expired'],
  [404, 'not-found'],
  [410, 'not-found'],
] as const)('HTTP %i to every fresh link ends as %s', (status, code) =>
  under([{ fault: { kind: 'refuse', status, code: 'AccessDenied' } }], async ({ fetch, asked }) => {
    await expect(fetch()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ refuses the link and 5 fresh ones: HTTP 4\d\d \(AccessDenied\)\.$/),
    })
    expect(asked()).toHaveLength(6)
  }),
)

test('no error quotes a link', () =>
  under([{ fault: { kind: 'reset' } }], async ({ fetch }) => {
    const error: unknown = await fetch().catch((thrown: unknown) => thrown)
    const { inspect } = await import('node:util')
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Signature|Expires|\/files\//)
  }))
