import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { loadCommands } from '@backset/settings'
import { describe, expect, test } from 'vitest'
import {
  columnsNamed,
  formatNames,
  planRows,
  regionRows,
  taskRows,
  fullBackupRows,
  incrementBackupRows,
  fetchedRows,
} from '@backset/formats'
import { commands } from '../src/commands/index.js'
import {
  planFieldWords,
  regionFieldWords,
  taskFieldWords,
  fullBackupFieldWords,
  incrementBackupFieldWords,
  fetchedFieldWords,
} from '../src/options/field-words.js'
import { backset } from './backset.js'
import { runShell } from './process.js'
import { tempFolder } from './temp-folder.js'

const shells = ['bash', 'zsh', 'fish', 'powershell']
const scriptFor = async (shell: string): Promise<string> => (await backset(['completion', shell])).stdout
const isInstalled = (shell: string): boolean => (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${shell}`))

/** What Tab offers in bash; the words as bash itself splits them, the last being completed. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const line = `eval "$script"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _backset; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = await runShell(line, undefined, { script: await scriptFor('bash') })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((word) => word !== '')
}

describe('in bash', () => {
  test('the first word is a command', async () => {
    expect(await offered('backset', '')).toEqual([...Object.keys(commands), '--help', '--version'])
    expect(await offered('backset', 'li')).toEqual(['list'])
  })

  test('every flag of every command is offered', async () => {
    for (const [name, { options }] of await loadCommands(commands))
      expect(await offered('backset', ...name.split(' '), '--'), name).toEqual([
        ...Object.keys(options).map((flag) => `--${flag}`),
        '--help',
      ])
  })

  test('behind a group stand its commands', async () => {
    for (const [name, entry] of Object.entries(commands))
      if ('commands' in entry) expect(await offered('backset', name, '')).toEqual([...Object.keys(entry.commands), '--help'])
    expect(await offered('backset', 'config', 'explain', '-o', 'js')).toEqual(['json'])
  })

  test.each([
    [['--output', 'nd'], ['ndjson']],
    [['-o', 'c'], ['csv']],
    [
      ['--output', '=', 't'],
      ['table', 'tsv'],
    ],
    [
      ['--dry-run', '='],
      ['request', 'curl', 'ts'],
    ],
    [
      ['--signature', ''],
      ['v3', 'v1'],
    ],
    [['--status', 'fin'], ['finish']],
    [['--status', 'finish,r'], ['finish,running']],
    [
      ['--status', '=', 'finish,running,s'],
      ['finish,running,suspended', 'finish,running,schedule', 'finish,running,stop'],
    ],
    [['-o', ''], formatNames],
    [
      ['--sort', '-c'],
      ['-code', '-created'],
    ],
    [['--sort', 'size,-cr'], ['size,-created']],
    [
      ['--columns', 'id,s'],
      ['id,setId', 'id,size', 'id,status', 'id,state'],
    ],
    [['--plan', ''], []],
    [['--region', 'cn-hangzhou,us-w'], ['cn-hangzhou,us-west-1']],
    [
      ['--all-plans', '--ver'],
      ['--verbose', '--verify'],
    ],
  ])('behind list %j stand %j', async (words, expected) => {
    expect(await offered('backset', 'list', ...words)).toEqual(expected)
  })

  test('call names the actions that are known', async () => {
    expect(await offered('backset', 'call', 'DescribeB')).toEqual(['DescribeBackupPlanList', 'DescribeBackupSetDownloadTaskList'])
  })

  test('completion names its shells', async () => {
    expect(await offered('backset', 'completion', '')).toEqual([...shells, '--help'])
  })

  test('the script is bound to the command', async () => {
    const { stdout } = await runShell('source <($backset completion bash) && complete -p backset')
    expect(stdout).toBe('complete -o default -F _backset backset\n')
  })
})

describe.runIf(isInstalled('fish'))('in fish', () => {
  test.each([
    ['', Object.keys(commands).toSorted()],
    ['config ', ['explain']],
    ['config explain --wi', ['--wire']],
    ['config explain -o n', ['ndjson']],
    ['list --status fin', ['finish']],
    ['list --status finish,ru', ['finish,running']],
    ['list --status=finish,ru', ['--status=finish,running']],
    ['list --sort size,-cr', ['size,-created']],
    ['list --sort=-cr', ['--sort=-created']],
    ['list --dry-run=cu', ['--dry-run=curl']],
    ['list --dry-run=', ['--dry-run=curl', '--dry-run=request', '--dry-run=ts']],
    ['list --interval ', []],
    ['list s', []],
    ['list --out scr', ['script']],
    ['fetch abc -d fol', ['folder/']],
    ['policy list --o', ['--out', '--output']],
    ['completion ', shells.toSorted()],
  ])('behind backset %s stand %j', async (words, expected) => {
    await using folder = await tempFolder({ script: await scriptFor('fish') })
    await mkdir(`${folder.path}/folder`)
    const line = `cd ${folder.path} && fish --no-config -c "source ${folder.path}/script; complete -C 'backset ${words}'" | cut -f1`
    const { stdout, stderr } = await runShell(line)
    expect({ stderr, words: stdout.split('\n').filter(Boolean) }).toEqual({ stderr: '', words: expected })
  })
})

// What zsh's own functions make of it is theirs; which of them is called with what is the script's.
describe.runIf(isInstalled('zsh'))('in zsh', () => {
  test.each([
    [['backset', ''], /^list:Print every[^]*^config:Look at/m],
    [['backset', 'config', ''], /^explain:Print every setting[^\n]*\n$/],
    [['backset', 'config', 'explain', ''], /^explain {2}\*--output=\[/],
    [['backset', 'list', ''], /\*--status=\[/],
    [['backset', 'policy', 'list', ''], /^policy list [^]*\*:word:\(list get/],
  ])('behind %j stands what belongs there', async (words, expected) => {
    await using folder = await tempFolder({ script: await scriptFor('zsh') })
    const stubs = 'compdef() {}; _describe() { print -rl -- "${(@P)2}" }; _arguments() { print -r -- "$words" "$@" }'
    const line = `zsh -f -c '${stubs}; source "$1/script"; shift; words=("$@") CURRENT=$#; _backset' zsh ${folder.path} ${words.map((word) => `'${word}'`).join(' ')}`
    const { stdout, stderr } = await runShell(line)
    expect(stderr).toBe('')
    expect(stdout).toMatch(expected)
  })
})

describe.runIf(isInstalled('zsh'))('Tab in zsh', () => {
  test.each([
    ['list --status fin', 'list --status finish,'],
    ['list --status finish,ru', 'list --status finish,running,'],
    ['list --status=finish,ru', 'list --status=finish,running,'],
    ['list --sort size,-cr', 'list --sort size,-created,'],
    ['list -o ndj', 'list -o ndjson '],
    ['list --dry-run=cu', 'list --dry-run=curl '],
    ['list --all-pl', 'list --all-plans '],
    ['config ex', 'config explain '],
    ['get abc -o nd', 'get abc -o ndjson '],
    ['get abc --dry', 'get abc --dry-run='],
    ['wait abc --until fi', 'wait abc --until finish '],
    ['list --out _ba', 'list --out _backset '],
    ['fetch abc -d fol', 'fetch abc -d folder/'],
  ])('makes %j %j', async (typed, becomes) => {
    await using folder = await tempFolder({ _backset: await scriptFor('zsh') })
    await mkdir(`${folder.path}/folder`)
    const script = fileURLToPath(new URL('zsh-tab.zsh', import.meta.url))
    const { stdout, stderr } = await runShell(`timeout 20 zsh -f ${script} ${folder.path} 'backset ${typed}'`)
    expect({ stderr, line: stdout }).toEqual({ stderr: '', line: `backset ${becomes}\n` })
  })
})

test.each([
  [taskRows, taskFieldWords],
  [planRows, planFieldWords],
  [regionRows, regionFieldWords],
  [fullBackupRows, fullBackupFieldWords],
  [incrementBackupRows, incrementBackupFieldWords],
  [fetchedRows, fetchedFieldWords],
] as const)('every field that is offered is one', (kind, words) => {
  expect(columnsNamed(kind, words)).toHaveLength(words.length)
})

test.each(shells)('the script for %s holds every command and flag', async (shell) => {
  const script = await scriptFor(shell)
  for (const [name, { options }] of await loadCommands(commands)) {
    for (const word of name.split(' ')) expect(script).toMatch(new RegExp(`\\b${word}\\b`))
    for (const flag of Object.keys(options)) expect(script).toContain(shell === 'fish' ? `-l ${flag} ` : `--${flag}`)
  }
})

test.each(shells)('the script for %s is as it was', async (shell) => {
  expect(await scriptFor(shell)).toMatchSnapshot()
})

test.each(['bash', 'zsh', 'fish'].filter(isInstalled))('%s can read its script', async (shell) => {
  await using folder = await tempFolder({ script: await scriptFor(shell) })
  expect(await runShell(`${shell} -n ${folder.path}/script`)).toEqual({ exit: 0, stdout: '', stderr: '' })
})
