import { humanText } from '@backset/formats'

/** How long ago, in a word: `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. live.js says the same. */
export function ageText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 2) return 'just now'
  const amount =
    seconds < 60
      ? `${seconds} s`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min`
        : seconds < 172_800
          ? `${Math.floor(seconds / 3600)} h`
          : `${Math.floor(seconds / 86_400)} d`
  return ms < 0 ? `in ${amount}` : `${amount} ago`
}

export interface MomentProps {
  /** ISO 8601; nothing is shown without it. */
  readonly at: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
  readonly timeZone: string
}

/** A moment as its age; the exact time, with its zone, is what hovering and screen readers get. */
export function Age({ at, now, timeZone }: MomentProps) {
  if (at === undefined || Number.isNaN(Date.parse(at))) return <span class="none">–</span>
  const exact = humanText(timeZone)(at, 'time')
  return (
    <time datetime={at} title={exact} data-age="">
      {ageText(now - Date.parse(at))}
    </time>
  )
}

/** A moment in full, its age beside. */
export function Moment({ at, now, timeZone }: MomentProps) {
  if (at === undefined || Number.isNaN(Date.parse(at))) return <span class="none">–</span>
  return (
    <span>
      <time datetime={at}>{humanText(timeZone)(at, 'time')}</time>{' '}
      <span class="quiet">
        (<Age at={at} now={now} timeZone={timeZone} />)
      </span>
    </span>
  )
}
