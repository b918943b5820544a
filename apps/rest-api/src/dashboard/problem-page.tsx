import type { Caller } from '../auth/caller.js'
import type { Problem } from '../problem.js'
import type { Assets } from './assets.js'
import { Page } from './page.js'
import { Text } from './text.js'

export interface ProblemPageProps {
  readonly assets: Assets
  readonly caller: Caller | undefined
  readonly problem: Problem
}

/** A problem for people: what programs get as problem+json. */
export const ProblemPage = ({ assets, caller, problem }: ProblemPageProps) => (
  <Page title={problem.title} assets={assets} caller={caller}>
    <section class="card narrow">
      <p class="quiet">{problem.status}</p>
      <h1>{problem.title}</h1>
      <ProblemWords problem={problem} />
      <p>
        <a href={problem.type}>
          What <code>{problem.code}</code> means
        </a>
        {' · '}
        <a href="/">Back to the tasks</a>
      </p>
    </section>
  </Page>
)

/** Detail, hint and what DBS said, without a frame. */
export const ProblemWords = ({ problem: { detail, hint, serviceCode, requestId } }: { readonly problem: Problem }) => (
  <>
    <p>
      <Text>{detail}</Text>
    </p>
    {hint === undefined ? null : (
      <p>
        <Text>{hint}</Text>
      </p>
    )}
    {serviceCode === undefined && requestId === undefined ? null : (
      <p class="quiet">
        DBS said <code>{serviceCode === undefined ? 'nothing more' : <Text>{serviceCode}</Text>}</code>
        {requestId === undefined ? null : (
          <>
            , request <code class="break">{<Text>{requestId}</Text>}</code>
          </>
        )}
      </p>
    )}
  </>
)
