import { access } from 'node:fs/promises'
import { allAtOnce, plainRows } from '@backset/formats'
import { configPlace, configVariable, explain, type Explained } from '@backset/settings'
import { cliSettings, readCliSettings } from '../cli-settings.js'
import type { Context } from '../command.js'
import type { ConfigExplainArgs } from '../commands/config-explain.js'
import { wholeNumber } from '../options/read-number.js'
import { warningText } from '../output/failure.js'
import { openPrinter } from '../output/print-rows.js'

const settingRows = plainRows({ setting: 'SETTING', value: 'VALUE', source: 'SET BY', variable: 'VARIABLE', flag: 'FLAG' })

/** `backset config explain` */
export async function explainConfig(args: ConfigExplainArgs, context: Context): Promise<number> {
  const { env, stdout, stderr, signal } = context
  const limit = wholeNumber(args.limit, 'limit', { min: 1 })
  const reading = await readCliSettings(args, context)
  for (const warning of reading.warnings) await stderr.write(warningText(warning))
  const { values: settings } = reading
  const session = { format: settings.output ?? (stdout.isTTY ? 'table' : 'json'), settings, signal } as const
  await using printer = await openPrinter({ kind: settingRows, args, session, context, limit })
  const rows = [await fileRow(context), ...explain(cliSettings, reading, env)]
  await printer.print(allAtOnce(args.sort === undefined ? rows.slice(0, limit) : rows))
  return 0
}

/** Where the settings file is, or would be. */
async function fileRow({ env, homeDir }: Context): Promise<Explained> {
  const { path, named } = configPlace(env, homeDir)
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  return {
    setting: 'configFile',
    value: path,
    source: named ? configVariable : isThere ? 'default' : 'default, not there',
    variable: configVariable,
  }
}
