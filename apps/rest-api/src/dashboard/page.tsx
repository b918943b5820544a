import type { Child } from 'hono/jsx'
import { html, raw } from 'hono/html'
import type { Caller } from '../auth/caller.js'
import type { Assets } from './assets.js'
import { attributeText, Text } from './text.js'

export interface PageProps {
  readonly title: string
  readonly assets: Assets
  /** Who is logged in; undefined where nobody is, as on the login page. */
  readonly caller?: Caller | undefined
  /** The stream of events that the page follows. */
  readonly events?: string | undefined
  /** Assets that this page loads beside those of every page. */
  readonly style?: string | undefined
  readonly script?: string | undefined
  readonly children?: Child
}

/** The frame of every page: what it loads is this server's, no style and no script stands in it. */
export function Page({ title, assets, caller, events, style, script, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${attributeText(title)} · backset`}</title>
        <link rel="icon" href={assets.href('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.href('style.css')} />
        {style === undefined ? null : <link rel="stylesheet" href={assets.href(style)} />}
        {script === undefined ? null : <script type="module" src={assets.href(script)}></script>}
        {events === undefined ? null : <script type="module" src={assets.href('live.js')}></script>}
      </head>
      <body data-events={events}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href="/">
            <Brand /> backset
          </a>
          {caller === undefined ? null : (
            <nav aria-label="Pages">
              <a href="/">Tasks</a>
              <a href="/docs">API</a>
            </nav>
          )}
          {caller === undefined || caller.id === 'anonymous' ? null : <WhoIsThere caller={caller} />}
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  )
}

const WhoIsThere = ({ caller }: { readonly caller: Caller }) => (
  <form class="who" method="post" action="/logout">
    <span>
      <span class="unseen">Logged in with the key </span>
      <Text>{caller.name}</Text>
    </span>
    <button type="submit">Log out</button>
  </form>
)

const Brand = () => (
  <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6">
    <ellipse cx="8" cy="3.6" rx="5.6" ry="2.2" />
    <path d="M2.4 3.6v8.6c0 1.2 2.5 2.2 5.6 2.2s5.6-1 5.6-2.2V3.6M8 7v4.6M6 9.8l2 2 2-2" />
  </svg>
)

/** The whole document as text. */
export const documentOf = async (page: Child): Promise<string> => String(await html`${raw('<!doctype html>')}${page}`)
