import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, lastJsonLine } from './backset.js'
import { planOf } from './tasks-of.js'

const emulatorOf = () => startEmulator({ tasks: 0, plans: 1 })
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n')

describe.each([
  { kind: 'full', rows: 36, columns: ['backupSetId', 'backupStatus'] },
  { kind: 'increment', rows: 240, columns: ['backupSetId', 'backupSetJobId'] },
])('backups $kind', ({ kind, rows, columns }) => {
  test('prints every one, by pages, with a proof', async () => {
    await using emulator = await emulatorOf()
    const argv = ['backups', kind, '--plan', planOf(emulator), '-o', 'id', '--page-size', '30', '-v']
    const { exitCode, stdout, stderr } = await backset(argv, emulator)
    expect({ exitCode, ids: new Set(linesOf(stdout)).size }).toEqual({ exitCode: 0, ids: rows })
    expect(stderr).toMatch(new RegExp(`^proof: sealed .*; ${rows} of ${rows} rows`))
  })

  test('sorts, limits, chooses and queries', async () => {
    await using emulator = await emulatorOf()
    const base = ['backups', kind, '--plan', planOf(emulator)]
    const csv = await backset([...base, '--sort', '-startTime', '--limit', '3', '--columns', columns.join(','), '-o', 'csv'], emulator)
    expect(csv.stdout.split('\r\n')).toEqual([columns.join(','), ...Array.from({ length: 3 }, () => expect.any(String) as string), ''])
    const { stdout } = await backset([...base, '--query', 'length(@)', '-o', 'json'], emulator)
    expect(stdout).toBe(`${rows}\n`)
  })

  test('stops asking when a limit is reached', async () => {
    await using emulator = await emulatorOf()
    const argv = ['backups', kind, '--plan', planOf(emulator), '--page-size', '30', '--lookahead', '1', '--limit', '2', '-o', 'ndjson']
    expect(linesOf((await backset(argv, emulator)).stdout)).toHaveLength(2)
    expect(emulator.requestCount).toBe(1)
  })

  test('needs a plan', async () => {
    await using emulator = await emulatorOf()
    const { exitCode, stdout, stderr } = await backset(['backups', kind, '-o', 'json'], emulator)
    expect({ exitCode, stdout, requests: emulator.requestCount }).toEqual({ exitCode: 2, stdout: '', requests: 0 })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'invalid-input', hint: expect.stringContaining('--plan ID') as string } })
  })

  test('that cannot be proved is exit 5', async () => {
    await using emulator = await emulatorOf()
    emulator.play({ rules: [{ shape: { kind: 'extra-total' } }] })
    const argv = ['backups', kind, '--plan', planOf(emulator), '-o', 'json']
    expect((await backset(argv, emulator)).exitCode).toBe(5)
    expect((await backset([...argv, '--allow-incomplete'], emulator)).exitCode).toBe(0)
  })

  test('is a table on a terminal', async () => {
    await using emulator = await emulatorOf()
    const argv = ['backups', kind, '--plan', planOf(emulator), '--limit', '3']
    const { stdout } = await backset(argv, emulator, { terminal: 120, env: { NO_COLOR: '1' } })
    expect(stdout).toMatchSnapshot()
  })
})
