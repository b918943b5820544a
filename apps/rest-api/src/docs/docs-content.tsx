import { type ApiDocument, operationsOf } from './document.js'
import { OperationView } from './operation-view.js'
import { Prose } from './prose.js'
import { SchemaView } from './schema-view.js'

/** The contract for people: every operation with a form to try it, and every schema. */
export function DocsContent({ document }: { readonly document: ApiDocument }) {
  const { info, tags, components } = document
  const groups = tags.map((tag) => ({ ...tag, operations: operationsOf(document, tag.name) }))
  return (
    <div class="docs">
      <nav class="card contents" aria-label="Operations">
        {groups.map(({ name, operations }) => (
          <>
            <p class="quiet">{titleOf(name)}</p>
            <ul>
              {operations.map(({ operationId, method, summary }) => (
                <li>
                  <a href={`#${operationId}`}>
                    {method === 'GET' ? null : <span class="method">{method}</span>} {summary}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ))}
        <p>
          <a href="#schemas">Schemas</a>
        </p>
      </nav>
      <div class="contract">
        <section class="card">
          <h1>The API of {info.title}</h1>
          <Prose text={info.description} />
          <p class="quiet">
            Version {info.version} of the contract · <a href="/openapi.json">openapi.json</a> · <a href="/problems">all problems</a>
          </p>
          <noscript>
            <p class="notice">Forms to try calls need JavaScript; everything else is here without it.</p>
          </noscript>
          <form id="key-form" class="field" autocomplete="off" hidden>
            <label for="key">Key to try calls with; it stays in this page, and without one the login counts</label>
            <input id="key" type="password" placeholder="bsk_…" spellcheck={false} autocomplete="off" />
          </form>
        </section>
        {groups.map(({ name, description, operations }) => (
          <section class="group" aria-labelledby={`group-${name}`}>
            <h2 id={`group-${name}`}>{titleOf(name)}</h2>
            <p class="quiet">{description}</p>
            {operations.map((operation) => (
              <OperationView operation={operation} />
            ))}
          </section>
        ))}
        <section class="group" aria-labelledby="schemas">
          <h2 id="schemas">Schemas</h2>
          {Object.entries(components.schemas).map(([name, schema]) => (
            <section class="card operation" id={`schema-${name}`} aria-labelledby={`schema-${name}-title`}>
              <h3 id={`schema-${name}-title`}>{name}</h3>
              {schema.description === undefined ? null : <Prose text={schema.description} />}
              <SchemaView schema={schema} />
            </section>
          ))}
        </section>
      </div>
    </div>
  )
}

const titleOf = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1)
