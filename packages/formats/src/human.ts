import type { ColumnKind } from './columns.js'
import { exactJson } from './exact-json.js'

/** Values as people read them in a table. Machines get them as they are, in any other format. */
export function humanText(timeZone: string): (value: unknown, kind: ColumnKind) => string {
  const timeText = timeWriter(timeZone)
  return (value, kind) => {
    if (value === undefined || value === null) return ''
    if (kind === 'bytes' && isInteger(value)) return bytesText(Number(value))
    if (kind === 'duration' && typeof value === 'number') return durationText(value)
    if (kind === 'time' && typeof value === 'string') return timeText(value)
    return typeof value === 'string' ? value : exactJson(value)
  }
}

const isInteger = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value))

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** `12.3 GiB` */
function bytesText(bytes: number): string {
  let [size, unit] = [bytes, 0]
  while (Math.abs(size) >= 1023.95 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1] // 1023.95 and more would be shown as 1024.0
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}

/** `350ms`, `45s`, `12m05s`, `3h12m`, `2d04h` */
function durationText(ms: number): string {
  if (Math.abs(ms) < 1000) return `${ms}ms`
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}m`
  return `${Math.floor(seconds / 86_400)}d${two(Math.floor(seconds / 3600) % 24)}h`
}

const two = (number: number): string => String(number).padStart(2, '0')

/** `2022-01-13 11:20+08`: to the minute, and never without its offset. */
function timeWriter(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  })
  return (iso) => {
    const at = Date.parse(iso)
    if (Number.isNaN(at)) return iso
    const part: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(at)) part[type] = value
    const offset = part['timeZoneName']?.replace('GMT', '').replace(/:00$/, '') ?? ''
    const zone = offset === '' || offset === '+00' ? 'Z' : offset // Node 20 says GMT where later ones say GMT+00:00
    return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}${zone}`
  }
}
