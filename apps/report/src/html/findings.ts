import { humanText } from '@backset/formats'
import type { Alarm } from '../alarms.js'
import type { Report } from '../config/report.js'
import { isolated, markup, type Markup } from './markup.js'

/** Findings that a page names; the manifest has them all. */
const most = 200

/** What is worth a look, or the word that there is nothing. */
export function findings(alarms: readonly Alarm[], { timeZone, alarms: wanted }: Report): Markup {
  const items = alarms.slice(0, most).map((alarm) => markup`<li>${words(alarm, timeZone)}</li>\n`)
  const looked = `Looked for: ${wanted.slow ? "tasks that run longer than their plan's p95, " : ''}plans without a finished task for ${wanted.silent}, ${wanted.repeated} or more tasks that failed with the same message.`
  return markup`<section aria-labelledby="findings">
    <h2 id="findings">Worth a look</h2>
    ${
      alarms.length === 0
        ? markup`<p>Nothing was found.</p>`
        : markup`<ul class="findings card">
            ${items}
          </ul>`
    }
    ${alarms.length > most ? markup`<p>${alarms.length - most} more stand in the manifest.</p>` : undefined}
    <p class="quiet">${looked}</p>
  </section>\n`
}

function words(alarm: Alarm, timeZone: string): Markup {
  const human = humanText(timeZone)
  if (alarm.alarm === 'silent') {
    const last = alarm.lastFinished === undefined ? 'none at all is known' : `the last one ended at ${human(alarm.lastFinished, 'time')}`
    return markup`<strong>Silent:</strong> no task of the plan ${isolated(alarm.plan)} finished since ${human(alarm.since, 'time')}; ${last}.`
  }
  if (alarm.alarm === 'repeated') {
    return markup`<strong>Repeated:</strong> ${alarm.count} tasks of ${named(alarm.plans)} failed with the same message:
      <q>${isolated(alarm.message)}</q> Among them ${named(alarm.tasks)}.`
  }
  const tasks = alarm.tasks.map(({ id, runningMs }, at) => markup`${at > 0 ? ', ' : ''}${isolated(id)} (${human(runningMs, 'duration')})`)
  return markup`<strong>Slow:</strong> ${alarm.count === 1 ? 'a task' : `${alarm.count} tasks`} of the plan ${isolated(alarm.plan)}
    ${alarm.count === 1 ? 'has' : 'have'} been running longer than ${human(alarm.p95Ms, 'duration')}, the p95 of its ${alarm.finished}
    finished ones: ${tasks}.`
}

const named = (names: readonly string[]): Markup => markup`${names.map((name, at) => markup`${at > 0 ? ', ' : ''}${isolated(name)}`)}`
