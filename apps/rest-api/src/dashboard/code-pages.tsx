import type { Guidance } from '@backset/core'
import { problemGuide } from '../api-error-guide.js'
import { statusesOf } from '../statuses.js'
import type { Assets } from './assets.js'
import { Page } from './page.js'

type Code = keyof typeof problemGuide
const codes = (Object.keys(problemGuide) as Code[]).toSorted()

export const isCode = (word: string): word is Code => Object.hasOwn(problemGuide, word)

/** What the `type` of a problem points at. */
export const CodePage = ({ assets, code }: { readonly assets: Assets; readonly code: Code }) => (
  <Page title={code} assets={assets}>
    <article class="card narrow">
      <p class="quiet">
        <a href="/problems">Problems</a> · HTTP {statusesOf(code).join(' or ')}
      </p>
      <h1>
        <code>{code}</code>
      </h1>
      <GuidanceWords guidance={problemGuide[code]} />
    </article>
  </Page>
)

/** All of them. */
export const CodesPage = ({ assets }: { readonly assets: Assets }) => (
  <Page title="Problems" assets={assets}>
    <article class="card narrow">
      <h1>Problems</h1>
      <p class="quiet">
        Every answer that is not a success is <code>application/problem+json</code> (RFC 9457) and bears one of these codes.
      </p>
      <dl class="codes">
        {codes.map((code) => (
          <>
            <dt>
              <a href={`/problems/${code}`}>
                <code>{code}</code>
              </a>{' '}
              <span class="quiet">{statusesOf(code).join(' or ')}</span>
            </dt>
            <dd>
              <Prose>{problemGuide[code].means}</Prose>
            </dd>
          </>
        ))}
      </dl>
    </article>
  </Page>
)

const GuidanceWords = ({ guidance: { means, cause, next } }: { readonly guidance: Guidance }) => (
  <>
    <p>
      <Prose>{means}</Prose>
    </p>
    <h2>Why</h2>
    <p>
      <Prose>{cause}</Prose>
    </p>
    <h2>What next</h2>
    <p>
      <Prose>{next}</Prose>
    </p>
  </>
)

/** The guide's own Markdown: code, and links into the documentation, of which the words stay. */
const Prose = ({ children }: { readonly children: string }) => (
  <>
    {children
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .split('`')
      .map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part))}
  </>
)
