import type { Operation } from './document.js'
import { Line, Prose } from './prose.js'
import { TypeOf } from './schema-view.js'
import { TryForm } from './try-form.js'

/** One operation: what it does, who may, what it takes and answers, and a form to try it. */
export function OperationView({ operation }: { readonly operation: Operation }) {
  const { operationId, method, path, summary, description, security } = operation
  const scope = security.flatMap((one) => one['key'] ?? [])[0]
  return (
    <section class="card operation" id={operationId} aria-labelledby={`${operationId}-title`}>
      <h3 id={`${operationId}-title`}>{summary}</h3>
      <p class="call">
        <span class="method">{method}</span> <code class="break">{path}</code>
      </p>
      {description === undefined ? null : <Prose text={description} />}
      <p class="quiet">
        {scope === undefined ? (
          'Needs no key.'
        ) : (
          <>
            Needs the scope <code>{scope}</code>.
          </>
        )}
      </p>
      <Parameters operation={operation} />
      <Answers operation={operation} />
      <TryForm operation={operation} />
    </section>
  )
}

function Parameters({ operation: { parameters = [], requestBody } }: { readonly operation: Operation }) {
  const body = requestBody?.content['application/json']
  if (parameters.length === 0 && body === undefined) return null
  return (
    <details>
      <summary>
        What it takes{' '}
        <span class="quiet">
          {parameters
            .filter(({ required }) => required === true)
            .map(({ name }) => name)
            .join(', ')}
        </span>
      </summary>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">In</th>
            <th scope="col">Type</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, in: place, required, schema, description = '' }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
                {required === true ? null : <span class="quiet"> optional</span>}
              </th>
              <td>{place}</td>
              <td>
                <TypeOf schema={schema} />
              </td>
              <td>
                <Line text={description} />
              </td>
            </tr>
          ))}
          {body === undefined ? null : (
            <tr>
              <th scope="row">the body</th>
              <td>body</td>
              <td>
                <TypeOf schema={body.schema} />
              </td>
              <td>JSON</td>
            </tr>
          )}
        </tbody>
      </table>
    </details>
  )
}

const Answers = ({ operation: { responses } }: { readonly operation: Operation }) => (
  <details>
    <summary>
      What it answers <span class="quiet">{Object.keys(responses).join(' ')}</span>
    </summary>
    <table class="facts">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">When</th>
          <th scope="col">Content</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(responses).map(([status, { description, content = {} }]) => (
          <tr>
            <th scope="row">{status}</th>
            <td>
              <Line text={description} />
            </td>
            <td>
              {Object.entries(content).map(([type, { schema }]) => (
                <div>
                  {type}: <TypeOf schema={schema} />
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
)
