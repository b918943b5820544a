import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, lastJsonLine } from './backset.js'

const planOf = ({ world }: Emulator): string => world.planIds[0] ?? ''
const start = () => startEmulator({ tasks: 60, plans: 1 })
const list = (emulator: Emulator) => ['call', 'DescribeBackupSetDownloadTaskList', '--param', `BackupPlanId=${planOf(emulator)}`]

describe('what is asked', () => {
  test('reaches DBS as it was written', async () => {
    await using emulator = await start()
    const { exitCode, stdout } = await backset([...list(emulator), '--param', 'PageNum=1', '--param', 'ClientToken=a,b=c'], emulator)
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ PageNum: 1, PageSize: 30, TotalElements: 60, Success: true })
    expect(emulator.requests[0]?.parameters).toMatchObject({ PageNum: '1', ClientToken: 'a,b=c' })
  })

  test.each([
    ['v1', 'xml'],
    ['v1', 'json'],
    ['v3', 'xml'],
  ])('is signed by %s and read from %s', async (signature, wire) => {
    await using emulator = await start()
    const { exitCode, stdout } = await backset([...list(emulator), '--signature', signature, '--wire', wire], emulator)
    expect({ exitCode, total: Number((JSON.parse(stdout) as { TotalElements: unknown }).TotalElements) }).toEqual({
      exitCode: 0,
      total: 60,
    })
  })

  test.each([
    { argv: ['call', 'Describe Regions'], says: 'no name of an action' },
    { argv: ['call', 'DescribeRegions', '--param', 'PageNum'], says: 'a name, an equals sign and a value' },
    { argv: ['call', 'DescribeRegions', '--param', 'SecurityToken=x'], says: 'backset sets it' },
    { argv: ['call', 'DescribeRegions', '--param', 'A=1', '--param', 'A=2'], says: 'given twice' },
    { argv: ['call'], says: 'ACTION' },
  ])('$argv is sent to nobody', async ({ argv, says }) => {
    await using emulator = await start()
    const { exitCode, stderr } = await backset(argv, emulator)
    expect({ exitCode, requests: emulator.requestCount }).toEqual({ exitCode: 2, requests: 0 })
    expect(stderr).toContain(says)
  })
})

describe('what is answered', () => {
  test('keeps the digits of numbers that JavaScript would round', async () => {
    await using emulator = await start()
    const sizes = [...emulator.world.tasksOf(planOf(emulator))].map((row) => String(row['BackupSetDataSize'] ?? ''))
    const large = sizes.slice(0, 50).find((size) => Number(size) > Number.MAX_SAFE_INTEGER) ?? 'none'
    for (const format of ['json', 'yaml']) {
      const { stdout } = await backset([...list(emulator), '--param', 'PageSize=50', '-o', format], emulator)
      expect(stdout).toMatch(new RegExp(`"?BackupSetDataSize"?: ${large}\\b`))
    }
  })

  test('shows links up to their paths, and whole on request', async () => {
    await using emulator = await start()
    const masked = await backset(list(emulator), emulator)
    expect(masked.stdout).toContain('.tar.gz?***')
    expect(masked.stdout).not.toContain('Signature=')
    expect((await backset([...list(emulator), '--show-links'], emulator)).stdout).toContain('Signature=')
  })

  test('is what a query finds in it', async () => {
    await using emulator = await start()
    expect((await backset([...list(emulator), '--query', 'TotalElements'], emulator)).stdout).toBe('60\n')
  })

  test('is JSON on a terminal too', async () => {
    await using emulator = await start()
    expect(JSON.parse((await backset(['call', 'DescribeRegions'], emulator, { terminal: 80 })).stdout)).toMatchObject({ Success: true })
  })

  test('is an error where DBS refuses under HTTP 200', async () => {
    await using emulator = await start()
    const { exitCode, stdout, stderr } = await backset([...list(emulator), '--param', 'PageSize=7', '-o', 'json'], emulator)
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'not-found', serviceCode: 'Param.NotFound' } })
  })
})

describe('what would change something', () => {
  const risky = [
    'ReleaseBackupPlan',
    'StopBackupPlan',
    'ModifyBackupPlanName',
    'DisableBackupLog',
    'RenewBackupPlan',
    'UpgradeBackupPlan',
    'stopbackupplan',
  ]

  test.each(risky)('%s is not sent without --yes', async (action) => {
    await using emulator = await start()
    const { exitCode, stderr } = await backset(['call', action, '--param', 'BackupPlanId=x', '-o', 'json'], emulator)
    expect({ exitCode, requests: emulator.requestCount }).toEqual({ exitCode: 2, requests: 0 })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'invalid-input', hint: expect.stringContaining('--yes') as string } })
  })

  test('is sent once with --yes, and never again', async () => {
    await using emulator = await start()
    emulator.play({ rules: [{ fault: { kind: 'unavailable' } }] })
    const { exitCode } = await backset(['call', 'StopBackupPlan', '--yes'], emulator, { random: () => 0 })
    expect({ exitCode, requests: emulator.requestCount }).toEqual({ exitCode: 1, requests: 1 })
    await backset(['call', 'DescribeRegions', '--max-attempts', '3'], emulator, { random: () => 0 })
    expect(emulator.requestCount).toBe(4)
  })

  test('shows its request in a dry run without --yes', async () => {
    await using emulator = await start()
    for (const form of ['', '=curl', '=ts']) {
      const { exitCode, stdout } = await backset(['call', 'StopBackupPlan', '--param', 'BackupPlanId=x', `--dry-run${form}`], emulator)
      expect(exitCode).toBe(0)
      expect(stdout).toContain('StopBackupPlan')
      expect(stdout).not.toContain(emulator.accessKeySecret)
    }
    expect(emulator.requestCount).toBe(0)
  })
})
