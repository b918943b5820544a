import { createHash } from 'node:crypto'
import { markup, trusted, type Markup } from './markup.js'
import { style } from './style.js'

const hash = createHash('sha256').update(style).digest('base64')

/** The page's own style and nothing else: no script, no request, no frame, whatever a name in it may say. */
const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`

/** Everything before the content. The style stands as it was hashed, to the last blank. */
export const head = (title: string): Markup =>
  markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · backset</title>
        <style>${trusted(style)}</style>
      </head>
      <body>
        <main>
`

export const foot = (): Markup =>
  markup`</main>
</body>
</html>
`
