import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator, type Emulator, type Profile } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, type RunOptions } from './backset.js'
import { tempFolder } from './temp-folder.js'

interface Probe extends Profile {
  readonly host: string | null
  readonly findings: Profile['findings'] & {
    readonly limits: { readonly limitHeaders: Record<string, string>; readonly allHeaders: readonly string[] }
    readonly links: {
      readonly seen: number
      readonly queryNames: readonly string[]
      readonly lifetimeSeconds: number
      readonly renewed: boolean
      readonly httpStatus: number | null
      readonly headers: readonly string[]
    }
  }
}

const start = (options: Parameters<typeof startEmulator>[0] = {}) => startEmulator({ tasks: 65, plans: 2, ...options })

async function probe(emulator: Emulator, argv: readonly string[] = [], options: RunOptions = {}) {
  await using folder = await tempFolder()
  const ran = await backset(['probe', ...argv], emulator, { cwd: folder.path, ...options })
  const text = await readFile(join(folder.path, 'probe.json'), 'utf8').catch(() => '')
  return { ...ran, text, ...(text !== '' && { written: JSON.parse(text) as Probe }) }
}

describe('the probe', () => {
  test('measures what the emulator is made of', async () => {
    await using emulator = await start()
    const { exitCode, written } = await probe(emulator)
    expect(exitCode).toBe(0)
    expect(written?.findings).toMatchObject({
      pageBase: { base: 0, echo: 0 },
      emptyShape: { items: 'text', unknownPlan: 'empty', unknownTask: 'empty' },
      beyondEnd: { answer: 'empty' },
      order: { createTime: 'newest-first', rows: 60 },
      limits: { limitHeaders: {} },
      links: { httpStatus: 206, renewed: false },
    })
    expect(written?.findings.limits.allHeaders).toContain('x-acs-request-id')
    expect(written?.findings.links.queryNames).toContain('Signature')
    expect(written?.findings.links.headers).toEqual(expect.arrayContaining(['content-range', 'etag']))
    expect(written?.findings.links.lifetimeSeconds).toBeGreaterThan(3600)
  })

  test('sends what it said it would, and only reads', async () => {
    await using emulator = await start()
    const { stderr } = await probe(emulator)
    const lines = stderr.split('\n').filter((line) => /^ +\d+\. /.test(line))
    expect(emulator.requests).toHaveLength(lines.length)
    for (const { action } of emulator.requests) expect(action).toMatch(/^(?:Describe|GetFile)/)
    expect(emulator.requests.filter(({ action }) => action === 'GetFile').map(({ method }) => method)).toEqual(['GET'])
  })

  test('stays within 20 requests when each is throttled once and no plan has tasks', async () => {
    await using emulator = await start({ plans: 5, tasks: 0 })
    emulator.play({ rules: [{ every: 2, fault: { kind: 'throttle' } }] })
    await probe(emulator, [], { random: () => 0 })
    expect(emulator.requestCount).toBeGreaterThan(8)
    expect(emulator.requestCount).toBeLessThanOrEqual(20)
  })

  test('leaves out whatever names a person, a plan, a task or a file', async () => {
    await using emulator = await start()
    const { text, stdout, stderr, written } = await probe(emulator, ['-o', 'json'])
    const [planId = ''] = emulator.world.planIds
    const secrets = [
      emulator.accessKeyId,
      emulator.accessKeySecret,
      ...emulator.world.tasksOf(planId).ids(),
      planId.replace('dbs', ''),
      'Signature=',
      '/files/',
      '127.0.0.1',
    ]
    for (const secret of secrets) expect(text + stdout + stderr).not.toContain(secret)
    expect(written?.host).toBeNull()
  })

  test('prints its findings in the format that is asked for', async () => {
    await using emulator = await start()
    const { stdout, stderr } = await probe(emulator, ['-o', 'json'])
    const rows = JSON.parse(stdout) as { question: string; finding: string }[]
    expect(rows.map(({ question }) => question)).toEqual(['pageBase', 'emptyShape', 'beyondEnd', 'order', 'limits', 'links'])
    expect(JSON.parse(stderr)).toMatchObject({ requests: expect.any(Array) as unknown })
  })

  test('does not overwrite without --force, and asks nothing', async () => {
    await using emulator = await start()
    await using folder = await tempFolder({ 'probe.json': 'mine' })
    const cwd = folder.path
    const { exitCode, stderr } = await backset(['probe'], emulator, { cwd })
    expect({ exitCode, requests: emulator.requestCount }).toEqual({ exitCode: 2, requests: 0 })
    expect(stderr).toContain('--force')
    expect((await backset(['probe', '--force'], emulator, { cwd })).exitCode).toBe(0)
    expect(await readFile(join(cwd, 'probe.json'), 'utf8')).toContain('backset-probe')
  })

  test('leaves no file when it is refused', async () => {
    await using emulator = await start()
    emulator.play({ rules: [{ nth: 3, fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] })
    expect(await probe(emulator)).toMatchObject({ exitCode: 3, text: '', stdout: '' })
  })

  test('shows in a dry run what it would send', async () => {
    await using emulator = await start()
    const { exitCode, stdout, text } = await probe(emulator, ['--dry-run', '--plan', 'dbs1'])
    expect({ exitCode, text, requests: emulator.requestCount }).toEqual({ exitCode: 0, text: '', requests: 0 })
    expect(stdout).toContain('DescribeBackupSetDownloadTaskList BackupPlanId=dbs1 PageNum=0')
    expect((await probe(emulator, ['--dry-run=curl'])).stdout).toMatch(/^curl .*DescribeBackupPlanList/)
    expect((await probe(emulator, ['--dry-run=ts', '--plan', 'dbs1'])).stdout).toContain('describeBackupSetDownloadTaskList')
  })

  test('looks at the first plan that has tasks', async () => {
    await using emulator = await start()
    const [first = '', second = ''] = emulator.world.planIds
    const tasks = emulator.world.tasksOf(first)
    while (tasks.length > 0) tasks.remove(0)
    await probe(emulator)
    expect(emulator.requests.at(-2)?.parameters['BackupPlanId']).toBe(second)
  })

  test('tells which headers speak of limits', async () => {
    await using emulator = await start()
    emulator.play({ rules: [{ nth: 2, fault: { kind: 'throttle', hint: 'rate-limit', waitMs: 1 } }] })
    const { written } = await probe(emulator)
    expect(Object.keys(written?.findings.limits.limitHeaders ?? {})).toEqual(['x-ratelimit-user-api'])
  })

  test('looks at a link that is still good, where there is one', async () => {
    await using emulator = await start()
    const tasks = emulator.world.tasksOf(emulator.world.planIds[0] ?? '')
    tasks.change(0, { BackupSetDownloadInternetUrl: 'https://host.example/a?Expires=1&Signature=x' })
    const { written } = await probe(emulator)
    expect(written?.findings.links).toMatchObject({ httpStatus: 206, failed: null })
  })

  test('does not follow a link into another network than its own', async () => {
    await using emulator = await start()
    for (const link of ['http://169.254.169.254/latest?x=1', 'http://10.0.0.1/a?x=1', 'ftp://host.example/a?x=1']) {
      const [planId = ''] = emulator.world.planIds
      const tasks = emulator.world.tasksOf(planId)
      for (let at = 0; at < 60; at++) tasks.change(at, { BackupSetDownloadInternetUrl: link })
      const { written } = await probe(emulator)
      expect(written?.findings.links.httpStatus).toBeNull()
    }
  })
})

const shapes = [
  [{ kind: 'pages-from-one' }],
  [{ kind: 'pages-from-one', zero: 'refused' }],
  [{ kind: 'empty', items: 'missing' }],
  [{ kind: 'empty', items: 'inner-array' }],
  [
    { kind: 'beyond-end', answer: 'last-page' },
    { kind: 'empty', items: 'null' },
  ],
  [{ kind: 'beyond-end', answer: 'first-page' }, { kind: 'oldest-first' }],
  [{ kind: 'beyond-end', answer: 'refused', code: 'Param.Odd' }],
  [{ kind: 'pages-from-one' }, { kind: 'beyond-end', answer: 'last-page' }, { kind: 'oldest-first' }, { kind: 'empty', items: 'object' }],
] as const

const whatIsPlayed = ({ pageBase, emptyShape, beyondEnd, order }: Profile['findings']) => ({ pageBase, emptyShape, beyondEnd, order })

test.each(shapes)('an emulator with the profile of another is measured the same: %j %j %j', async (...played) => {
  await using original = await start({ scenario: { rules: played.map((shape) => ({ shape })) } })
  const { written } = await probe(original)
  await using copy = await start({ seed: 7, ...(written !== undefined && { profile: written }) })
  const { written: again } = await probe(copy)
  expect(again && whatIsPlayed(again.findings)).toEqual(written && whatIsPlayed(written.findings))
})

describe('docs/probe.md', async () => {
  const docs = await readFile(new URL('../../../docs/probe.md', import.meta.url), 'utf8')
  const commands = [...docs.matchAll(/^backset (probe.*?)(?: +#.*)?$/gm)].map(([, line = '']) => line)

  test('shows commands that run', async () => {
    await using emulator = await start()
    await using folder = await tempFolder()
    expect(commands).toHaveLength(3)
    for (const line of commands) {
      const argv = line.replace('dbs1hvb0wxxxxxx', emulator.world.planIds[0] ?? '').split(' ')
      expect(await backset(argv, emulator, { cwd: folder.path }), line).toMatchObject({ exitCode: 0 })
    }
  })

  test('tells of every finding', async () => {
    await using emulator = await start()
    const { written } = await probe(emulator)
    for (const name of Object.keys(written?.findings ?? {})) expect(docs).toContain(`| \`${name}\``)
  })
})
