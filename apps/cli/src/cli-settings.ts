import { formatNames } from '@backset/formats'
import { choice, commonSettings, openConfigFile, readSettings, type Reading, type Settings } from '@backset/settings'
import type { Context } from './command.js'

/** What this command line may be told: what all apps share, and the format. */
export const cliSettings = {
  ...commonSettings,
  output: { kind: choice(formatNames), flag: 'output', variable: 'BACKSET_OUTPUT', summary: 'Format of what is printed' },
} as const satisfies Settings

/**
 * The settings from flags, environment and file.
 * @throws SettingsError with every fault
 */
export async function readCliSettings(
  args: Readonly<Record<string, unknown>>,
  { env, homeDir }: Pick<Context, 'env' | 'homeDir'>,
): Promise<Reading<typeof cliSettings>> {
  const file = await openConfigFile(cliSettings, env, homeDir)
  return readSettings(cliSettings, { flags: args, env, file })
}
