import { DbsClient } from '@backset/core'
import { clientOptions } from '@backset/settings'
import type { Known, Scene } from './check.js'

/** A client as every command has one, that gives up sooner. */
export const openClient = (
  { settings, credentials }: Pick<Known, 'settings' | 'credentials'>,
  { env, homeDir, clock, random, version }: Scene,
): DbsClient => new DbsClient({ ...clientOptions(settings), credentials, env, homeDir, clock, random, userAgent: `cli/${version}` })
