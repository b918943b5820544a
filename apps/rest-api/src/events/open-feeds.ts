import { randomInt } from 'node:crypto'
import type { Clock } from '@backset/core'
import type { Logger } from 'pino'
import { memoryEvents } from '../adapters/memory/events.js'
import type { Access } from '../auth/access.js'
import type { ApiSettings } from '../settings.js'
import type { SnapshotStore } from '../snapshots/store.js'
import type { Upstream } from '../upstream.js'
import { EventFeeds } from './feeds.js'
import { sightOf } from './sight.js'

export interface OpenFeedsParts {
  readonly settings: Pick<ApiSettings, 'pollInterval' | 'pageSize'>
  readonly upstream: Pick<Upstream, 'clientFor'>
  readonly store: Pick<SnapshotStore, 'open'>
  readonly access: Pick<Access, 'isStillGood'>
  readonly clock: Clock
  readonly log: Logger
}

/** The events of all lists, kept in this process. */
export function openFeeds({ settings, upstream, store, access, clock, log }: OpenFeedsParts): EventFeeds {
  const { pollInterval, pageSize } = settings
  return new EventFeeds({
    events: memoryEvents({ now: () => clock.now() }),
    sightOf: (source) => sightOf(source, { upstream, store, pageSize }),
    pollIntervalMs: pollInterval,
    isStillGood: access.isStillGood,
    clock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    log,
  })
}
