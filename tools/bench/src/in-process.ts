import { Bench } from 'tinybench'
import { timesAsFast, type Row } from './measure.js'

/**
 * Calls each function again and again in this process; what is compared is the median time of a call.
 *
 * @param works by name, the base first
 */
export async function compareInProcess(works: Readonly<Record<string, () => unknown>>, signal: AbortSignal): Promise<Row[]> {
  const bench = new Bench({ time: 1000, warmupTime: 300, signal, throws: true })
  for (const [name, work] of Object.entries(works)) bench.add(name, work)
  await bench.run()
  const medians = bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name} was not measured: ${result.state}`)
    return { name, ms: result.latency.p50 }
  })
  const baseMs = medians[0]?.ms ?? Number.NaN
  return medians.map(({ name, ms }, index) => ({
    what: name,
    figure: `${Math.round(1000 / ms).toLocaleString('en')} a second`,
    ...(index > 0 && { ratio: timesAsFast(baseMs, ms) }),
  }))
}
