import { loadCommands } from '@backset/settings'
import { describe, expect, test } from 'vitest'
import { commands } from '../src/commands/index.js'
import { backset } from './backset.js'

const granted = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { exitCode, stdout, stderr } = await backset(['policy', ...words])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const { Version, Statement } = JSON.parse(stdout) as { Version: string; Statement: { Action: string[] }[] }
  expect({ Version, Statement }).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: expect.any(Array) as unknown, Resource: '*' }],
  })
  return Statement[0]?.Action ?? []
}

describe('a policy grants', () => {
  test('what one command calls, and no more', async () => {
    expect(await granted('get')).toEqual(['dbs:DescribeBackupSetDownloadTaskList'])
    expect(await granted('regions')).toEqual(['dbs:DescribeRegions'])
  })

  test('what several commands call, each action once', async () => {
    expect(await granted('list', 'plans', 'get')).toEqual(['dbs:DescribeBackupPlanList', 'dbs:DescribeBackupSetDownloadTaskList'])
  })

  test('what every command calls when none is named', async () => {
    expect(await granted()).toEqual(expect.arrayContaining(['dbs:DescribeBackupPlanList', 'dbs:DescribeRegions']))
  })

  test('an action that is named for backset call', async () => {
    expect(await granted('get', 'DescribeBackupGatewayList')).toContain('dbs:DescribeBackupGatewayList')
    expect(await granted('dbs:DescribeBackupGatewayList')).toEqual(['dbs:DescribeBackupGatewayList'])
  })
})

test.each([
  { words: ['lst'], says: 'Did you mean list?' },
  { words: ['call'], says: 'backset policy DescribeBackupGatewayList' },
  { words: ['completion', 'config'], says: 'needs no permission' },
])('there is no policy for $words', async ({ words, says }) => {
  const { exitCode, stdout, stderr } = await backset(['policy', ...words])
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain(says)
})

test('every command says which actions it calls', async () => {
  for (const [name, command] of await loadCommands(commands)) {
    expect(command, name).toHaveProperty('actions')
    for (const action of (command as unknown as { actions: readonly string[] }).actions)
      expect(action).toMatch(/^(?:Describe|Create)[A-Z]\w+$/)
  }
})
