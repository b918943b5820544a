import type { Breakdown, Summary } from '@backset/core'
import { barChart, bytesText, chartRows, dayChart, dayRows, type ChartRow } from '@backset/formats'
import { isolated, markup, trusted, type Markup } from './markup.js'

/** Groups of a chart; the others are told as one. */
const most = 12

/** Tasks and bytes by status, day, database and plan: a drawing each, and the same numbers as a table beside it. */
export function figures({ byStatus, byDay, byDatabase, byPlan }: Summary, timeZone: string): Markup {
  const { days, earlier } = dayRows(byDay)
  const dayTable = [
    ...days.filter(({ count }) => count > 0),
    ...(earlier === undefined ? [] : [earlier]),
    ...(byDay.without === undefined ? [] : [{ name: 'not said', ...byDay.without }]),
  ]
  return markup`<section aria-labelledby="numbers">
    <h2 id="numbers">In numbers</h2>
    <p class="quiet legend">
      <span class="swatch" aria-hidden="true"></span> tasks <span class="swatch hatched" aria-hidden="true"></span> bytes of known size
    </p>
    <div class="figures">
      ${bars('status', 'By status', byStatus)}
      ${bars('database', 'By database', byDatabase)} ${bars('plan', 'By plan', byPlan)}
      ${figure('day', `By day of creation, ${timeZone}`, dayChart(byDay, { title: 'Tasks and bytes by day of creation', id: 'day' }), dayTable, 'Day')}
    </div>
  </section>\n`
}

const bars = (id: string, title: string, groups: Breakdown): Markup =>
  figure(id, title, barChart(groups, { title: `Tasks and bytes ${title.toLowerCase()}`, id, most }), chartRows(groups, most))

const figure = (id: string, title: string, drawing: string, rows: readonly ChartRow[], head = 'Group'): Markup =>
  markup`<figure class="card" aria-labelledby="${id}-caption">
    <figcaption id="${id}-caption">${title}</figcaption>
    ${rows.length === 0 ? markup`<p class="quiet">None.</p>` : markup`<div class="pair">${trusted(drawing)}${numbers(title, rows, head)}</div>`}
  </figure>`

/** Groups in numbers. */
export const numbers = (title: string, rows: readonly ChartRow[], head: string): Markup =>
  markup`<table class="numbers" aria-label="${title}">
    <thead>
      <tr>
        <th scope="col">${head}</th>
        <th scope="col" class="number">Tasks</th>
        <th scope="col" class="number">Bytes</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, count, bytes }) =>
          markup`<tr>
            <th scope="row">${isolated(name)}</th>
            <td class="number">${count}</td>
            <td class="number" title="${String(bytes)} bytes">${bytesText(bytes)}</td>
          </tr>\n`,
      )}
    </tbody>
  </table>`
