import { barChart, bytesText, chartRows, dayChart, dayRows, type ChartRow } from '@backset/formats'
import type { Summary } from '@backset/core'
import { raw } from 'hono/html'
import { Text } from './text.js'

/** Counts and bytes by status, database and day: a drawing, and the same numbers as a table beside it. */
export function Charts({ summary: { byStatus, byDatabase, byDay }, timeZone }: { readonly summary: Summary; readonly timeZone: string }) {
  const { days, earlier } = dayRows(byDay)
  const dayTable = [
    ...days.toReversed().filter(({ count }) => count > 0),
    ...(earlier === undefined ? [] : [earlier]),
    ...(byDay.without === undefined ? [] : [{ name: 'not said', ...byDay.without }]),
  ]
  return (
    <section class="charts" aria-labelledby="numbers">
      <h2 id="numbers">In numbers</h2>
      <p class="legend quiet" aria-hidden="true">
        <span class="swatch full"></span> tasks <span class="swatch hatched"></span> bytes of known size
      </p>
      <Chart
        id="status"
        title="By status"
        svg={barChart(byStatus, { title: 'Tasks and bytes by status', id: 'status' })}
        rows={chartRows(byStatus)}
      />
      <Chart
        id="database"
        title="By database"
        svg={barChart(byDatabase, { title: 'Tasks and bytes by database', id: 'database' })}
        rows={chartRows(byDatabase)}
      />
      <Chart
        id="day"
        title={`By day of creation, ${timeZone}`}
        svg={dayChart(byDay, { title: 'Tasks and bytes by day of creation', id: 'day' })}
        rows={dayTable}
      />
    </section>
  )
}

interface ChartProps {
  readonly id: string
  readonly title: string
  readonly svg: string
  readonly rows: readonly ChartRow[]
}

const Chart = ({ id, title, svg, rows }: ChartProps) => (
  <figure class="card" aria-labelledby={`${id}-caption`}>
    <figcaption id={`${id}-caption`}>{title}</figcaption>
    {svg === '' ? <p class="quiet">None.</p> : raw(svg)}
    {rows.length === 0 ? null : (
      <details>
        <summary>
          The numbers<span class="unseen"> {title}</span>
        </summary>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{id === 'day' ? 'Day' : 'Group'}</th>
              <th scope="col" class="number">
                Tasks
              </th>
              <th scope="col" class="number">
                Bytes
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, count, bytes }) => (
              <tr>
                <th scope="row">
                  <Text>{name}</Text>
                </th>
                <td class="number">{count.toLocaleString('en-US')}</td>
                <td class="number" title={`${bytes} bytes`}>
                  {bytesText(bytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    )}
  </figure>
)
