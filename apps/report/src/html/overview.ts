import type { Summary } from '@backset/core'
import { bytesText, humanText } from '@backset/formats'
import type { PageFacts } from '../page.js'
import { isolated, markup, type Markup } from './markup.js'
import { verdict } from './proof-section.js'

/** What the page is about, whether it is whole, and the totals. */
export function overview(summary: Summary, { report, due, range, sources }: PageFacts): Markup {
  const { name, timeZone, written, onlyChanges } = report
  const time = (iso: string): string => humanText(timeZone)(iso, 'time')
  const { from, to } = range
  const period = [from === undefined ? '' : `from ${time(from)}`, to === undefined ? '' : `to ${time(to)}`].filter(Boolean).join(' ')
  const of = (state: string): number => summary.byState.groups.find((group) => group.name === state)?.count ?? 0
  const tiles: readonly (readonly [string, Markup | number])[] = [
    ['Tasks', summary.count],
    ['Size', markup`<span title="${String(summary.bytes)} bytes">${bytesText(summary.bytes)}</span>`],
    ['Done', of('done')],
    ['Failed', of('failed')],
    ['Active', of('active')],
    ['Suspended', of('suspended')],
    ['Unknown', of('unknown')],
  ]
  return markup`<header>
    <p class="quiet">Backup-set download tasks</p>
    <h1>${isolated(name)}</h1>
    <dl class="about">
      <div>
        <dt>Due</dt>
        <dd>${time(due.toISOString())}, ${timeZone}</dd>
      </div>
      <div>
        <dt>Created</dt>
        <dd>${period === '' ? 'at any time' : period}</dd>
      </div>
      ${
        written.filter === undefined
          ? undefined
          : markup`<div>
              <dt>Filter</dt>
              <dd><code>${isolated(JSON.stringify(written.filter))}</code></dd>
            </div>\n`
      }${
        onlyChanges
          ? markup`<div>
              <dt>Holds</dt>
              <dd>what happened since the last good run; all tasks the first time</dd>
            </div>\n`
          : undefined
      }
    </dl>
    ${verdict(sources())}
    <dl class="tiles">
      ${tiles.map(
        ([label, value]) =>
          markup`<div class="card">
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>\n`,
      )}
    </dl>
  </header>\n`
}
