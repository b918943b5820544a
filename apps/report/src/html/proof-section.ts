import type { Verdict } from '@backset/core'
import type { SourceReading } from '../manifest.js'
import { isProved } from '../proved.js'
import { isolated, markup, type Markup } from './markup.js'

const meanings: Readonly<Record<Verdict, string>> = {
  sealed: 'complete: both ends stood still while it was read',
  settled: 'complete: it moved, and a pass agreed with the one before it',
  twice: 'complete: two passes agreed',
  moving: 'NOT proved: it kept moving',
  short: 'NOT proved: it shows fewer tasks than DBS says it has',
  partial: 'NOT read to its end',
}

/** Whether nothing can be missing, in a sentence at the head of the page. */
export function verdict(readings: readonly SourceReading[]): Markup {
  const open = readings.filter((reading) => !isProved(reading)).length
  if (open === 0) {
    const lists = readings.length === 1 ? 'The list was' : `All ${readings.length} lists were`
    return markup`<p class="verdict good">
      <span aria-hidden="true">✓</span> <strong>Complete.</strong> ${lists} read to the end and proved.
    </p>\n`
  }
  return markup`<p class="verdict bad">
    <span aria-hidden="true">✕</span> <strong>Not proved complete.</strong> ${open} of ${readings.length} lists may lack tasks; see
    <a href="#proof">the proof</a>.
  </p>\n`
}

/** How each list was read, those first that are not proved. */
export function proofSection(readings: readonly SourceReading[], redact: (text: string) => string): Markup {
  const [several, many] = [readings.some(({ region }) => region !== undefined), readings.some(({ profile }) => profile !== undefined)]
  const rows = readings
    .toSorted((a, b) => Number(isProved(a)) - Number(isProved(b)))
    .map((reading) => {
      const { plan, region = '–', profile = '–', proof, error } = reading
      const told = error === undefined ? meaningOf(proof?.verdict) : `could not be read: ${error.code}: ${redact(error.message)}`
      return markup`<tr${isProved(reading) ? undefined : markup` class="bad"`}><th scope="row">${plan === '*' ? 'The list of plans' : isolated(plan)}</th>${several ? markup`<td>${isolated(region)}</td>` : undefined}${many ? markup`<td>${isolated(profile)}</td>` : undefined}<td>${isolated(told)}</td><td class="number">${proof?.rows ?? reading.rows} of ${proof?.totalElements ?? '?'}</td><td class="ids">${ids(proof?.firstRequestId, proof?.lastRequestId)}</td></tr>\n`
    })
  return markup`<section aria-labelledby="proof">
    <h2 id="proof">Proof of the lists</h2>
    <div class="wide card">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Plan</th>
            ${several ? markup`<th scope="col">Region</th>` : undefined}${many ? markup`<th scope="col">Profile</th>` : undefined}
            <th scope="col">Verdict</th>
            <th scope="col" class="number">Tasks read</th>
            <th scope="col">First and last request</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="quiet">
      The manifest beside this file holds its checksum, the whole proof and the manifest before it;
      <code>backset-report verify</code> checks them.
    </p>
  </section>\n`
}

const meaningOf = (word: Verdict | undefined): string => (word === undefined ? 'NOT read' : `${word}, ${meanings[word]}`)

const ids = (first: string | undefined, last: string | undefined): Markup | undefined =>
  first === undefined ? undefined : last === undefined || last === first ? isolated(first) : markup`${isolated(first)} ${isolated(last)}`
