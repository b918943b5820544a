import { SettingsError } from '@backset/settings'
import { expect, test } from 'vitest'
import { parseConfig } from './read-config.js'

const now = Date.parse('2026-11-25T00:00:00Z')
const parse = (text: string, env: Record<string, string> = {}, flags: Record<string, unknown> = {}) =>
  parseConfig(text, 'conf/report.yaml', { env, flags, cwd: '/srv', now })

const faultsOf = async (text: string, env: Record<string, string> = {}): Promise<string[]> => {
  const error: unknown = await parse(text, env).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SettingsError)) throw new Error('It was found right.')
  return error.faults.map(({ message, remedy }) => [message, remedy].filter(Boolean).join(' '))
}

const example = `version: 1
defaults: { region: cn-hangzhou, timezone: Asia/Shanghai, output: ./reports }
reports:
  - name: weekly-downloads
    schedule: "0 6 * * 1"
    source: { plans: all }
    filter: { status: [finish, stop], dbType: MySQL }
    window: previous-week
    onlyChanges: false
    columns: [backupSetDownloadTaskId, plan, status, size, created]
    format: csv
    compress: gzip
    formulas: escape
    excel: false
    links: masked
    file: "{name}-{date}.{ext}"
    keep: 12
`

test('the documented file is read with its defaults', async () => {
  const { reports, warnings } = await parse(example)
  expect(warnings).toEqual([])
  expect(reports).toMatchObject([
    {
      name: 'weekly-downloads',
      output: '/srv/conf/reports',
      plans: 'all',
      regions: ['cn-hangzhou'],
      timeZone: 'Asia/Shanghai',
      ext: 'csv.gz',
      catchUp: 'last',
      keep: 12,
      allowIncomplete: false,
      settings: { pageSize: 100, verify: 'ends' },
    },
  ])
})

const one = (lines: string): string => `version: 1\nreports:\n  - name: a\n    region: cn-hangzhou\n    source: { plans: all }\n${lines}`

test.each([
  ['    formt: csv\n', 'conf/report.yaml:6:5: "formt" is no key here. Did you mean format?'],
  ['    schedule: "61 * * * *"\n', 'conf/report.yaml:6:15: schedule "61 * * * *" is no cron line: Invalid value for minute: 61.'],
  ['    schedule: "0 0 31 2 *"\n', 'conf/report.yaml:6:15: schedule "0 0 31 2 *" never comes.'],
  ['    timezone: Mars/Base\n', 'conf/report.yaml:6:15: timezone is "Mars/Base", but it takes a time zone'],
  ['    keep: 0\n', 'conf/report.yaml:6:11: Keep 1 or more.'],
  ['    file: "../{name}"\n', 'conf/report.yaml:6:11: file "../{name}" has a part that begins with a dot.'],
  ['    file: "/tmp/{name}"\n', 'conf/report.yaml:6:11: file "/tmp/{name}" is absolute'],
  ['    file: "{nam}.csv"\n', 'Did you mean {name}?'],
  ['    columns: [statu]\n', 'conf/report.yaml:6:14: A task has no field "statu". Did you mean status?'],
  ['    window: previous-day\n    filter: { since: 7d }\n', 'conf/report.yaml:6:13: window goes with neither since nor until'],
  ['    filter: { sinse: 7d }\n', 'conf/report.yaml:6:15: "sinse" is no key here. Did you mean since?'],
  ['    excel: true\n    format: json\n', 'conf/report.yaml:6:12: excel goes with csv alone'],
  ['    schedule: "0 6 * * 1"\n    file: fixed.csv\n', 'names that two due runs would share'],
  ['    schedule: "0 * * * *"\n    file: "{date}.csv"\n', 'conf/report.yaml:7:11: names that two due runs would share'],
  ['    jitter: 5m\n', 'conf/report.yaml:6:13: jitter means nothing without a schedule.'],
  ['    notices: [{ on: always }]\n', 'conf/report.yaml:6:15: A notice has either a webhook or a command.'],
  ['    notices: [{ webhook: { ur: "https://x.example" } }]\n', '"ur" is no key here. Did you mean url?'],
  ['    failIf: [slwo]\n', 'conf/report.yaml:6:14'],
  ['    output: "${NOWHERE}"\n', 'conf/report.yaml:6:13: the variable NOWHERE is not set.'],
  ['    file: "{name}-${HOST}.csv"\n', 'file uses ${HOST}, but it has to be written out.'],
  ['    pageSize: 31\n', 'conf/report.yaml:6:15: pageSize is 31, but it takes 30, 50 or 100.'],
])('%j is a fault at its place', async (lines, message) => {
  expect((await faultsOf(one(lines))).join('\n')).toContain(message)
})

test('every fault of a file comes at once, in its order', async () => {
  const faults = await faultsOf(`version: 2
reports:
  - name: a
    region: cn-hangzou
    source: { plans: [] }
    window: previous-day
    filter: { since: 7d }
  - name: a
    keep: -1
    region: cn-hangzhou
    source: { plans: all }
    schedule: "* *"
`)
  expect(faults.map((fault) => /:(\d+):\d+:/.exec(fault)?.[1])).toEqual(['1', '5', '6', '8', '9', '12'])
})

test('a region nobody knows names the nearest', async () => {
  const text = 'version: 1\nreports:\n  - { name: a, region: cn-hangzou, source: { plans: all } }\n'
  expect((await faultsOf(text)).join('\n')).toContain('cn-hangzhou')
})

test('two reports must not share a name or a file', async () => {
  const entry = '{ name: NAME, region: cn-hangzhou, source: { plans: all }, file: out.csv }'
  const faults = await faultsOf(
    `version: 1\nreports:\n  - ${entry.replace('NAME', 'a')}\n  - ${entry.replace('NAME', 'b')}\n  - ${entry.replace('NAME', 'A')}\n`,
  )
  expect(faults.join('\n')).toMatch(/4:5: the report would write over the exports of "a"[^]*5:13: the name "A" is taken/)
})

const quarters = (file: string): string => one(`    timezone: Europe/Berlin\n    schedule: "*/15 * * * *"\n    file: "${file}"\n`)

test('a zone whose hour comes twice needs the due time', async () => {
  expect((await faultsOf(quarters('{date}-{time}.csv'))).join('\n')).toContain('two due runs would share')
  await expect(parse(quarters('{due}.csv'))).resolves.toBeDefined()
})

test('flags win over the environment, and that over the file', async () => {
  const text = one('    pageSize: 30\n    lookahead: 3\n    verify: full\n')
  const env = { BACKSET_LOOKAHEAD: '4', BACKSET_VERIFY: 'ends' }
  const { reports } = await parse(text, env, { verify: 'full', lookahead: '5' })
  expect(reports[0]?.settings).toMatchObject({ pageSize: 30, lookahead: 5, verify: 'full' })
})

test('what comes from the environment is told nowhere', async () => {
  const env = { SECRET_PATH: '/canary/secret-4711', ZONE: 'canary-zone' }
  const faults = await faultsOf(one('    timezone: "${ZONE}"\n    output: "${SECRET_PATH}/x"\n    keep: 0\n'), env)
  expect(faults.join('\n')).toContain('timezone is "${ZONE}"')
  expect(faults.join('\n')).not.toContain('canary')
  const { reports } = await parse(one('    output: "${SECRET_PATH}/x"\n    filter: { name: "${ZONE}*" }\n'), env)
  expect(reports[0]).toMatchObject({
    output: '/canary/secret-4711/x',
    filter: { name: ['canary-zone*'] },
    written: { filter: { name: '${ZONE}*' } },
  })
  expect(reports[0]?.redact('cannot write /canary/secret-4711/x')).toBe('cannot write ${SECRET_PATH}/x')
})

test('a path is told nowhere as it was resolved, nor an address by its host', async () => {
  const env = { OUT: './canary-folder/', HOOK: 'https://canary.example:8443/hooks/1' }
  const { reports } = await parse(one('    output: "${OUT}"\n    notices: [{ webhook: { url: "${HOOK}" } }]\n'), env)
  const [report] = reports
  expect(report?.redact(`${report.output}/x`)).toMatch(/\$\{OUT\}\/x$/)
  expect(report?.redact('canary.example:8443 could not be reached')).toBe('${HOOK} could not be reached')
})

test('two dollars are the text itself', async () => {
  const { reports } = await parse(one('    output: "$${NAME}"\n'))
  expect(reports[0]?.output).toBe('/srv/conf/${NAME}')
})
