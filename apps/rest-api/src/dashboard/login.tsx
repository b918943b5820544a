import type { Assets } from './assets.js'
import { Page } from './page.js'

export interface LoginProps {
  readonly assets: Assets
  /** Where to go afterwards: a path of this server, checked by whoever asks for the page. */
  readonly next?: string | undefined
  /** Why the last try failed; the field says so. */
  readonly fault?: string | undefined
}

/** The form that takes a key. */
export const LoginPage = ({ assets, next, fault }: LoginProps) => (
  <Page title="Log in" assets={assets}>
    <form class="login card" method="post" action="/login">
      <h1>Log in</h1>
      <p class="quiet" id="key-hint">
        With a key of this server, as <code>backset-api keys add NAME</code> prints it.
      </p>
      {fault === undefined ? null : (
        <p class="notice bad" role="alert" id="key-fault">
          {fault}
        </p>
      )}
      <input type="hidden" name="next" value={next ?? '/'} />
      <label for="key">Key</label>
      <input
        id="key"
        name="key"
        type="password"
        autocomplete="current-password"
        required
        autofocus
        spellcheck={false}
        autocapitalize="off"
        placeholder="bsk_…"
        aria-describedby={fault === undefined ? 'key-hint' : 'key-fault key-hint'}
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
      <button type="submit" class="primary">
        Log in
      </button>
    </form>
  </Page>
)
