import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { runShell } from './process.js'
import { runInTerminal } from './run-in-terminal.js'
import { fetchableIds, idOfTask, inStatus, planOf } from './tasks-of.js'
import { tempFolder } from './temp-folder.js'

// The built command in pipes of a shell, and in terminals that the kernel gives it.

const cleared = '\r\u001B[J'

describe('in a pipe', () => {
  test('ids of finished tasks become files, and a second run finds them there', async () => {
    await using emulator = await startEmulator({ tasks: 60, plans: 1, scenario: { files: { bytes: 1000 } } })
    await using folder = await tempFolder()
    const ids = fetchableIds(emulator).slice(0, 2)
    const list = `$backset list --plan ${planOf(emulator)} ${ids.map((id) => `--task ${id}`).join(' ')} --status finish -o id`
    const line = `${list} | $backset fetch - -d ${folder.path} -o ndjson`
    const first = await runShell(line, emulator)
    expect({ exit: first.exit, stderr: first.stderr, lines: first.stdout.match(/"alreadyThere":false/g)?.length }).toEqual({
      exit: 0,
      stderr: '',
      lines: 2,
    })
    expect((await readdir(folder.path)).filter((name) => name.endsWith('.tar.gz')).toSorted()).toEqual(
      ids.map((id) => `${id}.tar.gz`).toSorted(),
    )
    expect((await runShell(line, emulator)).stdout).toBe(first.stdout.replaceAll('"alreadyThere":false', '"alreadyThere":true'))
  })

  test('with nothing to fetch it prints an empty list', async () => {
    await using emulator = await startEmulator({ tasks: 60, plans: 1 })
    const line = `$backset list --plan ${planOf(emulator)} --name nosuch -o id | $backset fetch -`
    expect(await runShell(line, emulator)).toEqual({ exit: 0, stdout: '[]\n', stderr: '' })
    expect((await runShell('$backset fetch - </dev/null', emulator)).stdout).toBe('[]\n')
  })

  test('a pipe that never ends is left when time is out', async () => {
    await using emulator = await startEmulator({ tasks: 3, plans: 1 })
    await using folder = await tempFolder()
    const line = 'mkfifo "$folder/pipe" && exec 9<>"$folder/pipe"; $backset fetch - --timeout 200ms <"$folder/pipe"'
    expect(await runShell(line, emulator, { folder: folder.path })).toMatchObject({ exit: 6, stdout: '' })
  })
})

describe('in a terminal', () => {
  test('a fetch leaves its table alone on the screen', async () => {
    await using emulator = await startEmulator({
      tasks: 60,
      plans: 1,
      scenario: { files: { bytes: 1_000_000, bytesPerSecond: 1_500_000 } },
    })
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    const { output, exit } = await runInTerminal(['fetch', id, '-d', folder.path], emulator, {
      steps: [['see', '% ']],
      env: { NO_COLOR: '1' },
      columns: 250,
    })
    expect(exit).toBe(0)
    expect(output).toMatch(new RegExp(`${id}  \\d+%  .* of 976\\.6 KiB`))
    expect(output.slice(output.lastIndexOf(cleared) + cleared.length)).toMatch(new RegExp(`^TASK .*\r\n${id} .*\r\n$`))
  })

  test('an interruption keeps what has come, and clears the line', async () => {
    await using emulator = await startEmulator({
      tasks: 60,
      plans: 1,
      scenario: { files: { bytes: 40_000_000, bytesPerSecond: 8_000_000 } },
    })
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    const argv = ['fetch', id, '-d', folder.path, '--connections', '2']
    const { output, exit } = await runInTerminal(argv, emulator, {
      steps: [
        ['see', '% '],
        ['see', 'MiB/s'],
        ['signal', 'SIGINT'],
      ],
    })
    expect(exit).toBe(130)
    expect(output.slice(output.lastIndexOf(cleared))).toMatch(/code: aborted[^]*What has come is kept/)
    expect((await readdir(folder.path)).some((name) => name.endsWith('.part'))).toBe(true)
    emulator.play({ files: { bytes: 40_000_000 } })
    const again = await runShell(`$backset ${argv.join(' ')} -o json --query '[0].resumedFrom'`, emulator)
    expect({ exit: again.exit, resumed: Number(again.stdout) > 0 }).toEqual({ exit: 0, resumed: true })
    const { bytes } = JSON.parse(await readFile(join(folder.path, `${id}.tar.gz.manifest.json`), 'utf8')) as { bytes: number }
    expect(bytes).toBe(40_000_000)
  })

  test('a terminal that becomes narrower has narrower lines', async () => {
    await using emulator = await startEmulator({
      tasks: 60,
      plans: 1,
      scenario: { files: { bytes: 40_000_000, bytesPerSecond: 4_000_000 } },
    })
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    const { output } = await runInTerminal(['fetch', id, '-d', folder.path], emulator, {
      steps: [
        ['see', '% '],
        ['resize', 24, 20],
        ['see', '…'],
        ['signal', 'SIGINT'],
      ],
    })
    const narrow = output.split('\u001B[J').find((frame) => frame.includes('…'))
    expect(narrow).toMatch(new RegExp(`^${id}  \\d.{0,7}…`))
    expect(output.split(`\u001B[J${id}`).some((frame) => /\[[1-5]A$/.test(frame))).toBe(true) // over the rows that the wide line was wrapped into
  })

  test('a wait shows a line a task and clears them', async () => {
    await using emulator = await startEmulator({ tasks: 60, plans: 1 })
    const ids = [idOfTask(emulator, inStatus('running')), idOfTask(emulator, inStatus('stop')), idOfTask(emulator, inStatus('finish'))]
    const { output, exit } = await runInTerminal(['wait', ...ids], emulator, {
      steps: [
        ['see', 'than the usual'],
        ['signal', 'SIGINT'],
      ],
    })
    expect(exit).toBe(130)
    for (const id of ids) expect(output).toContain(`${id}  `)
    expect(output).toContain('\r\u001B[2A\u001B[J')
    expect(output.slice(output.lastIndexOf('\u001B[J'))).toContain('aborted')
  })
})
