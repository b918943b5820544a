import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Crc64 } from '../src/files/crc64.js'
import { startEmulator, type Emulator, type EmulatorOptions, type Scenario } from '../src/index.js'
import type { Rule } from '../src/scenario/scenario.js'

/** A link of the seed that works as it stands. */
function linkOf({ world, url }: Emulator, network: 'Internet' | 'Intranet' = 'Internet'): string {
  for (const row of world.tasksOf(world.planIds[0] ?? '')) {
    const link = row[`BackupSetDownload${network}Url`]
    if (typeof link === 'string' && link.startsWith(`${url}/files/`)) return link
  }
  throw new Error('The seed has no plain link.')
}

async function withLink<Result>(options: EmulatorOptions, use: (link: string, emulator: Emulator) => Promise<Result>): Promise<Result> {
  await using emulator = await startEmulator(options)
  return await use(linkOf(emulator), emulator)
}

const get = async (link: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(link, { headers })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('a file is the same on each read, its checksums true', () =>
  withLink({}, async (link) => {
    const [one, two] = [await get(link), await get(link)]
    expect(one.status).toBe(200)
    expect(two.bytes.equals(one.bytes)).toBe(true)
    expect(one.headers.get('content-md5')).toBe(createHash('md5').update(one.bytes).digest('base64'))
    expect(one.headers.get('x-oss-hash-crc64ecma')).toBe(new Crc64().update(one.bytes).digest())
  }))

test('CRC-64 gives its published check value', () => {
  expect(new Crc64().update(Buffer.from('123456789')).digest()).toBe(String(0x995dc9bbdf1939fan))
})

test('both networks serve the same bytes', async () => {
  await using emulator = await startEmulator()
  const internet = linkOf(emulator)
  const id = /(urx\w+)\.tar/.exec(internet)?.[1] ?? ''
  const intranet = String(emulator.world.task(id)?.['BackupSetDownloadIntranetUrl'])
  expect(intranet).toContain('/files/intranet/')
  expect((await get(intranet)).bytes.equals((await get(internet)).bytes)).toBe(true)
})

test('ranges are cut at any byte', () =>
  withLink({}, async (link) => {
    const { bytes } = await get(link)
    const size = bytes.length
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=17-1000', 17, 1001],
      ['bytes=500-', 500, size],
      ['bytes=-99', size - 99, size],
      [`bytes=5-${size + 10}`, 5, size],
    ] as const) {
      const part = await get(link, { range })
      expect({
        range,
        status: part.status,
        says: part.headers.get('content-range'),
        equal: part.bytes.equals(bytes.subarray(from, to)),
      }).toEqual({
        range,
        status: 206,
        says: `bytes ${from}-${to - 1}/${size}`,
        equal: true,
      })
    }
    expect((await get(link, { range: `bytes=${size}-` })).status).toBe(416)
    expect((await get(link, { range: 'bytes=9-5' })).status).toBe(200)
  }))

test('conditions on the ETag are kept', () =>
  withLink({}, async (link) => {
    const etag = (await get(link)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9A-F]{32}"$/)
    expect((await get(link, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
    expect((await get(link, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
    expect((await get(link, { 'if-match': '"other"' })).status).toBe(412)
  }))

test('a link serves GET alone, unchanged, until it expires', async () => {
  let now = Date.UTC(2026, 0, 20)
  await using emulator = await startEmulator({ now: () => now, scenario: { files: { linkTtlMs: 60_000 } } })
  const link = linkOf(emulator)
  expect((await fetch(link, { method: 'HEAD' })).status).toBe(403)
  expect((await fetch(link.replace(/Expires=\d/, 'Expires=9'))).status).toBe(403)
  now += 59_000
  expect((await get(link)).status).toBe(200)
  now += 62_000
  const late = await get(link)
  expect({ status: late.status, body: late.bytes.toString() }).toMatchObject({
    status: 403,
    body: expect.stringContaining('Request has expired.'),
  })
  expect((await get(linkOf(emulator))).status).toBe(200)
})

test('only finished manual tasks have a file', async () => {
  await using emulator = await startEmulator()
  const { world } = emulator
  const link = linkOf(emulator)
  const id = /(urx\w+)\.tar/.exec(link)?.[1] ?? ''
  const tasks = world.tasksOf(world.planIds[0] ?? '')
  tasks.change(tasks.indexOf(id), { BackupSetDownloadStatus: 'running' })
  expect((await get(link)).status).toBe(404)
})

test('a scenario sets size, version, ranges and checksums of files', async () => {
  await using emulator = await startEmulator({ scenario: { files: { bytes: 1000 } } })
  const link = linkOf(emulator)
  const first = await get(link)
  emulator.play({ files: { bytes: 1000, version: 1, ignoreRange: true, checksums: false } })
  const second = await get(link, { range: 'bytes=5-' })
  expect([first.bytes.length, second.bytes.length, second.status]).toEqual([1000, 1000, 200])
  expect(second.bytes.equals(first.bytes)).toBe(false)
  expect(second.headers.get('etag')).toBeNull()
})

test('faults reach files under the name GetFile', async () => {
  await using emulator = await startEmulator({
    scenario: {
      files: { bytes: 1000 },
      rules: [
        { action: 'GetFile', nth: 1, fault: { kind: 'cut-body', bytes: 400 } },
        { action: 'GetFile', nth: 2, fault: { kind: 'unavailable' } },
      ],
    },
  })
  const link = linkOf(emulator)
  await expect(get(link)).rejects.toThrow('terminated')
  expect((await get(link)).status).toBe(503)
  expect((await get(link)).bytes).toHaveLength(1000)
  expect(emulator.requests.map(({ action, httpStatus }) => [action, httpStatus])).toEqual([
    ['GetFile', 200],
    ['GetFile', 503],
    ['GetFile', 200],
  ])
})

test('a file of gigabytes is made as it is read', () =>
  withLink({ scenario: { files: { bytes: 8 * 2 ** 30 } } }, async (link) => {
    const tail = await get(link, { range: 'bytes=-100' })
    expect(tail.headers.get('content-range')).toBe(`bytes ${8 * 2 ** 30 - 100}-${8 * 2 ** 30 - 1}/${8 * 2 ** 30}`)
    expect(tail.headers.get('x-oss-hash-crc64ecma')).toBeNull()
  }))

/** One answer under a fault: what of the head speaks of the file, and how many bytes came. */
async function spoilt(fault: Rule['fault'], files: Scenario['files'] = {}, range = 'bytes=10-19') {
  const scenario: Scenario = { files: { bytes: 1000, ...files }, ...(fault === undefined ? {} : { rules: [{ action: 'GetFile', fault }] }) }
  return withLink({ scenario }, async (link) => {
    const { status, headers, bytes } = await get(link, range === '' ? {} : { range })
    return { status, range: headers.get('content-range'), etag: headers.get('etag'), headers, length: bytes.length }
  })
}

test.each([
  ['offset', 'bytes 11-20/1000'],
  ['total', 'bytes 10-19/1001'],
  ['missing', null],
] as const)('Content-Range lies about %s', async (what, range) => {
  expect(await spoilt({ kind: 'wrong-range', what })).toMatchObject({ status: 206, range, length: 10 })
})

test('a range is ignored, a body ends early', async () => {
  expect(await spoilt({ kind: 'ignore-range' })).toMatchObject({ status: 200, range: null, length: 1000 })
  expect(await spoilt({ kind: 'short-body', bytes: 4 })).toMatchObject({ status: 206, range: 'bytes 10-19/1000', length: 6 })
})

test('checksums of another file are sent', async () => {
  const { headers } = await spoilt({ kind: 'wrong-checksum', which: 'crc64' })
  expect(headers.get('x-oss-hash-crc64ecma')).toBe('1')
  const whole = await spoilt({ kind: 'wrong-checksum', which: 'md5' }, {}, '')
  expect(whole.headers.get('content-md5')).toBe('AAAAAAAAAAAAAAAAAAAAAA==')
})

test('ETags are weak or left out', async () => {
  expect((await spoilt(undefined, { etag: 'weak' })).etag).toMatch(/^W\/"/)
  expect((await spoilt(undefined, { etag: 'none' })).etag).toBeNull()
})

test('a file is swapped and stays so', () =>
  withLink({ scenario: { rules: [{ action: 'GetFile', nth: 2, fault: { kind: 'swap-file' } }] } }, async (link) => {
    const etags = [await get(link), await get(link), await get(link)].map(({ headers }) => headers.get('etag'))
    expect(etags[1]).not.toBe(etags[0])
    expect(etags[2]).toBe(etags[1])
  }))

test('a body goes on without end', () =>
  withLink({ scenario: { files: { bytes: 10 }, rules: [{ action: 'GetFile', fault: { kind: 'endless-body' } }] } }, async (link) => {
    const { body, headers } = await fetch(link)
    expect(headers.get('content-length')).toBeNull()
    let length = 0
    for await (const chunk of body ?? []) if ((length += chunk.length) > 1_000_000) break
    expect(length).toBeGreaterThan(1_000_000)
  }))

test('a link redirects to itself', () =>
  withLink({ scenario: { rules: [{ action: 'GetFile', times: 2, fault: { kind: 'redirect', to: 'same' } }] } }, async (link, emulator) => {
    expect((await get(link)).status).toBe(200)
    expect(emulator.requests.map(({ httpStatus }) => httpStatus)).toEqual([302, 302, 200])
  }))

test('a connection gets no more than its rate', () =>
  withLink({ scenario: { files: { bytes: 50_000, bytesPerSecond: 200_000 } } }, async (link) => {
    const start = performance.now()
    expect((await get(link)).bytes).toHaveLength(50_000)
    expect(performance.now() - start).toBeGreaterThan(200) // the last of its pieces leaves after 230 ms
  }))
