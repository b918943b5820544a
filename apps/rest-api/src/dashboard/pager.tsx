import { hrefOf, type Address } from './address.js'

export interface PagerProps {
  readonly address: Address
  /** Counts from 1. */
  readonly page: number
  readonly pages: number
  /** The list these pages are of, so that the next page goes on where this one ends, whatever happens meanwhile. */
  readonly version: string
}

/** Links to the pages around. */
export function Pager({ address, page, pages, version }: PagerProps) {
  if (pages <= 1) return null
  const to = (target: number): string => hrefOf(address, { page: String(target), version })
  return (
    <nav class="pager" aria-label="Pages of the list">
      {page > 1 ? (
        <a rel="prev" href={to(page - 1)}>
          ← Before
        </a>
      ) : (
        <span class="none">← Before</span>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a rel="next" href={to(page + 1)}>
          Next →
        </a>
      ) : (
        <span class="none">Next →</span>
      )}
    </nav>
  )
}
