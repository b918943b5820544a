import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { startEmulator, type Emulator } from '@backset/emulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backsetReport } from './command-line.js'
import { tempFolder } from './temp-folder.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ plans: 2, tasks: 120 })
})
afterAll(async () => emulator[Symbol.asyncDispose]())

interface Said {
  readonly file: string
  readonly ok: boolean
  readonly faults: readonly string[]
}
interface Chains {
  readonly exports: readonly Said[]
  readonly chains: readonly {
    readonly report: string
    readonly exports: number
    readonly head?: string
    readonly ok: boolean
    readonly faults: readonly string[]
  }[]
  readonly lostHeads: readonly string[]
}

/** A folder with exports of a report, due on these days of November. */
async function written(fields: string, days: readonly number[] = [23]) {
  const folder = await tempFolder()
  const text = `version: 1\nreports:\n  - name: audit\n    output: out\n    source: { plans: all }\n${fields.replaceAll(/^(?=.)/gm, '    ')}\n`
  await writeFile(join(folder.path, 'reports.yaml'), text)
  for (const day of days) {
    const argv = ['run', 'reports.yaml', '--due', `2026-11-${day}T06:00`]
    const { exitCode, stderr } = await backsetReport(argv, { cwd: folder.path, emulator })
    expect([exitCode, stderr]).toEqual([0, ''])
  }
  const out = join(folder.path, 'out')
  const names = async (): Promise<string[]> => (await readdir(out)).filter((name) => name.endsWith('.manifest.json')).toSorted()
  return {
    out,
    names,
    change: async (name: string, edit: (text: string) => string) =>
      writeFile(join(out, name), edit(await readFile(join(out, name), 'utf8'))),
    verify: async (...argv: string[]) => backsetReport(['verify', ...argv], { cwd: out }),
    chain: async (...argv: string[]) => {
      const { exitCode, stdout } = await backsetReport(['verify', '--chain', '.', ...argv], { cwd: out })
      return { exitCode, said: JSON.parse(stdout) as Chains }
    },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  }
}

describe('an export', () => {
  test.each([
    'format: csv',
    'format: csv\nexcel: true',
    'format: csv\nformulas: keep\ncompress: gzip',
    'format: csv\ncolumns: [backupSetDownloadTaskId, status, size, state, durationMs]',
    'format: json',
    'format: json\ncolumns: [status, size]',
    'format: ndjson\ncompress: gzip',
    'format: ndjson\nonlyChanges: true',
  ])('as it was written is right: %s', async (fields) => {
    await using there = await written(fields)
    const [name = ''] = await there.names()
    const { exitCode, stdout, stderr } = await there.verify(name)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject([{ manifest: name, report: 'audit', rows: 240, ok: true, faults: [] }])
  })

  test('whose bytes changed is told with every difference', async () => {
    await using there = await written('format: csv')
    const [name = ''] = await there.names()
    await there.change(name.replace('.manifest.json', ''), (text) => text.split('\r\n').slice(0, -2).join('\r\n') + '\r\n')
    const { exitCode, stdout, stderr } = await there.verify(name)
    expect(exitCode).toBe(9)
    const [said] = JSON.parse(stdout) as Said[]
    expect(said?.faults).toEqual([
      expect.stringMatching(/^audit-\S+\.csv: It has \d+ bytes, and its manifest says \d+\.$/),
      expect.stringMatching(/^audit-\S+\.csv: Its SHA-256 is [0-9a-f]{64}, and its manifest says [0-9a-f]{64}\.$/),
      expect.stringMatching(/^audit-\S+\.csv: It has 239 rows, and its manifest says 240\.$/),
    ])
    expect(stderr).toContain('1 of 1 export is not what the manifests say.')
  })

  test('whose rows are no tasks is told by row', async () => {
    await using there = await written('format: ndjson\ncompress: gzip')
    const [name = ''] = await there.names()
    const path = join(there.out, name.replace('.manifest.json', ''))
    const text = gunzipSync(await readFile(path))
      .toString()
      .replace('"state":"done"', '"state":"odd"')
      .replace('{', '{"surprise":1,')
    await writeFile(path, gzipSync(text))
    const { stdout } = await there.verify(name)
    expect((JSON.parse(stdout) as Said[])[0]?.faults.join('\n')).toMatch(/Row 1: .*surprise.*\n.*Row \d+: .*state/s)
  })

  test('whose header is another is told', async () => {
    await using there = await written('format: csv\ncolumns: [status, size]')
    const [name = ''] = await there.names()
    await there.change(name.replace('.manifest.json', ''), (text) => text.replace('backupSetDataSize', 'backupSetDataSiz_'))
    const { stdout } = await there.verify(name)
    expect((JSON.parse(stdout) as Said[])[0]?.faults.join('\n')).toContain('Its columns are backupSetDownloadStatus, backupSetDataSiz_')
  })

  test('that is gone, or whose gzip is broken, is told', async () => {
    await using there = await written('format: json\ncompress: gzip', [23, 24])
    const [one = '', other = ''] = await there.names()
    await rm(join(there.out, one.replace('.manifest.json', '')))
    await writeFile(join(there.out, other.replace('.manifest.json', '')), 'no gzip')
    const { exitCode, stdout } = await there.verify(one, other)
    expect(exitCode).toBe(9)
    const [first, second] = JSON.parse(stdout) as Said[]
    expect(first?.faults).toEqual([expect.stringContaining('It is not there.')])
    expect(second?.faults.at(-1)).toContain('Its gzip is broken, or breaks off.')
  })

  test('a page and the CSV beside it are right', async () => {
    await using there = await written('format: html')
    const [name = ''] = await there.names()
    const { exitCode } = await there.verify(name)
    expect(exitCode).toBe(0)
  })

  test('a terminal gets a line an export, with its faults below', async () => {
    await using there = await written('format: json', [23, 24])
    const names = await there.names()
    await there.change((names[1] ?? '').replace('.manifest.json', ''), () => '[]\n')
    const { stdout } = await backsetReport(['verify', ...names], { cwd: there.out, terminal: 100 })
    expect(stdout).toMatch(/^\S+: right, 240 rows\n\S+: wrong\n {2}\S+: It has 3 bytes, .*\n(?: {2}.*\n)+$/)
  })
})

describe('a manifest', () => {
  test.each([
    ['{}', 'It is no manifest of an export.'],
    ['{', 'It is no manifest of an export.'],
  ])('that is %s is told', async (text, fault) => {
    await using there = await written('format: json')
    const [name = ''] = await there.names()
    await there.change(name, () => text)
    const { exitCode, stdout } = await there.verify(name)
    expect(exitCode).toBe(9)
    expect((JSON.parse(stdout) as Said[])[0]?.faults).toEqual([fault])
  })

  test('cannot lead out of its folder', async () => {
    await using there = await written('format: html')
    const [name = ''] = await there.names()
    const beside = { file: '../../etc/passwd', bytes: 1, sha256: '', rows: 1 }
    await there.change(name, (text) => JSON.stringify({ ...(JSON.parse(text) as object), companion: beside }))
    const { stdout } = await there.verify(name)
    expect((JSON.parse(stdout) as Said[])[0]?.faults).toContain('"../../etc/passwd" is no name of a file beside its manifest.')
  })

  test('that claims more than its proofs show is told', async () => {
    await using there = await written('format: json')
    const [name = ''] = await there.names()
    await there.change(name, (text) => text.replaceAll('"sealed"', '"moving"'))
    const { stdout } = await there.verify(name)
    expect((JSON.parse(stdout) as Said[])[0]?.faults.join()).toContain('calls it complete, and the proofs in it do not show')
  })

  test('is found beside the export that is named', async () => {
    await using there = await written('format: json')
    const [name = ''] = await there.names()
    expect((await there.verify(name.replace('.manifest.json', ''))).exitCode).toBe(0)
    expect((await there.verify('none.csv')).exitCode).toBe(2)
    expect((await there.verify('none.csv.manifest.json')).exitCode).toBe(2)
    expect((await there.verify()).exitCode).toBe(2)
  })
})

describe('a chain', () => {
  const days = [20, 21, 22, 23]

  test('of all that was written is right, and tells its head', async () => {
    await using there = await written('format: ndjson', days)
    const { exitCode, said } = await there.chain()
    expect(exitCode).toBe(0)
    expect(said.chains).toEqual([
      { report: 'audit', exports: 4, head: expect.stringMatching(/^[0-9a-f]{64}$/) as string, ok: true, faults: [] },
    ])
    expect((await there.chain('--head', said.chains[0]?.head ?? '')).exitCode).toBe(0)
    expect((await there.chain('--head', 'f'.repeat(64))).said.lostHeads).toEqual(['f'.repeat(64)])
  })

  test('that keep has shortened is right', async () => {
    await using there = await written('format: ndjson\nkeep: 2', days)
    expect(await there.names()).toHaveLength(2)
    expect((await there.chain()).exitCode).toBe(0)
  })

  test('of a file that is replaced each time is right', async () => {
    await using there = await written('format: ndjson\nfile: "latest.{ext}"', days)
    expect(await there.names()).toHaveLength(1)
    expect((await there.chain()).exitCode).toBe(0)
  })

  test.each([
    ['the newest', [20, 21, 21, 22]],
    ['an earlier one', [20, 21, 22, 21, 23]],
    ['the only follower', [20, 21, 21]],
  ])('in which %s was run again is right', async (_title, runs) => {
    await using there = await written('format: ndjson', runs)
    const { exitCode, said } = await there.chain()
    expect({ exitCode, faults: said.chains[0]?.faults }).toEqual({ exitCode: 0, faults: [] })
    expect(said.chains[0]?.head).toMatch(/^[0-9a-f]{64}$/)
  })

  test('stands beside that of another output folder inside', async () => {
    await using there = await written('format: ndjson', days)
    await using other = await written('format: ndjson', days)
    await cp(other.out, join(there.out, 'inner'), { recursive: true })
    const { exitCode, said } = await there.chain()
    expect([exitCode, said.exports.length]).toEqual([0, 4])
  })

  const spoilt: readonly {
    readonly what: string
    readonly spoil: (names: readonly string[], out: string) => Promise<void>
    readonly says: RegExp
  }[] = [
    {
      what: 'dropped in the middle',
      spoil: async ([, name = ''], out) => drop(out, name),
      says: /follows audit-20261121T060000Z\.ndjson\.manifest\.json, which is not here: it was dropped/,
    },
    {
      what: 'dropped in the middle, and the manifest after it mended',
      async spoil([first = '', second = '', third = ''], out) {
        await drop(out, second)
        const before = JSON.parse(await readFile(join(out, third), 'utf8')) as { previous: unknown }
        const previous = { file: first, sha256: await sha256Of(join(out, first)) }
        await writeFile(join(out, third), JSON.stringify({ ...before, previous }))
      },
      says: /follows audit-20261122T060000Z\.ndjson\.manifest\.json as it was with SHA-256 [0-9a-f]{64}: that manifest was altered/,
    },
    {
      what: 'altered together with its manifest',
      async spoil([, name = ''], out) {
        const file = name.replace('.manifest.json', '')
        await writeFile(join(out, file), '')
        const manifest = JSON.parse(await readFile(join(out, name), 'utf8')) as object
        await writeFile(join(out, name), JSON.stringify({ ...manifest, bytes: 0, rows: 0, sha256: await sha256Of(join(out, file)) }))
      },
      says: /follows audit-20261121T060000Z\.ndjson\.manifest\.json as it was/,
    },
    {
      what: 'put there later',
      async spoil([, name = ''], out) {
        const file = 'audit-20261121T070000Z.ndjson'
        const manifest = JSON.parse(await readFile(join(out, name), 'utf8')) as object
        await writeFile(join(out, file), await readFile(join(out, name.replace('.manifest.json', ''))))
        await writeFile(join(out, `${file}.manifest.json`), JSON.stringify({ ...manifest, file }))
      },
      says: /all claim to follow the same export: some were put there later/,
    },
  ]
  test.each(spoilt)('tells of an export $what, also without the ledger', async ({ spoil, says }) => {
    await using there = await written('format: ndjson', days)
    await spoil(await there.names(), there.out)
    const withLedger = await there.chain()
    expect(withLedger.exitCode).toBe(9)
    expect(withLedger.said.chains[0]?.faults.join('\n')).toMatch(says)
    await rm(join(there.out, '.backset-report'), { recursive: true })
    const without = await there.chain()
    expect(without.exitCode).toBe(9)
    expect(without.said.chains[0]?.faults.join('\n')).toMatch(says)
  })

  test('the newest that was dropped is missed by the ledger, or by its head', async () => {
    await using there = await written('format: ndjson', days)
    const head = (await there.chain()).said.chains[0]?.head ?? ''
    await drop(there.out, (await there.names()).at(-1) ?? '')
    const { exitCode, said } = await there.chain()
    expect(exitCode).toBe(9)
    expect(said.chains[0]?.faults).toEqual([expect.stringContaining('audit-20261123T060000Z.ndjson is not here with its manifest')])
    await rm(join(there.out, '.backset-report'), { recursive: true })
    expect((await there.chain('--head', head)).said.lostHeads).toEqual([head])
  })

  test('an export that began before the one it follows is back-dated', async () => {
    await using there = await written('format: ndjson', days)
    await there.change((await there.names()).at(-1) ?? '', (text) => text.replace(/"started": "\d{4}/, '"started": "2020'))
    expect((await there.chain()).said.chains[0]?.faults.join('\n')).toMatch(/began before .* did, which it follows: it is back-dated/)
  })

  test('a folder in which nothing was written proves nothing', async () => {
    await using folder = await tempFolder()
    expect((await backsetReport(['verify', '--chain', '.'], { cwd: folder.path })).exitCode).toBe(4)
    expect((await backsetReport(['verify', '--chain', 'none'], { cwd: folder.path })).exitCode).toBe(2)
  })
})

async function drop(out: string, manifest: string): Promise<void> {
  await rm(join(out, manifest))
  await rm(join(out, manifest.replace('.manifest.json', '')))
}

const sha256Of = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
