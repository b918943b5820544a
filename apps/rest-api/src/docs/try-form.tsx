import type { JsonSchema, Operation, Parameter } from './document.js'

/** A form that calls an operation: the script makes it work, and until then it is hidden. */
export function TryForm({ operation: { operationId, method, path, parameters = [], requestBody } }: { readonly operation: Operation }) {
  const body = requestBody?.content['application/json']
  return (
    <details class="try" hidden>
      <summary>Try it</summary>
      <form data-method={method} data-path={path} autocomplete="off">
        <div class="fields">
          {parameters.map((parameter) => (
            <Field parameter={parameter} id={`${operationId}-${parameter.name}`} />
          ))}
          {body === undefined ? null : (
            <div class="field whole">
              <label for={`${operationId}-body`}>Body</label>
              <textarea id={`${operationId}-body`} data-in="body" rows={8} spellcheck={false}>
                {JSON.stringify(body.example ?? {}, null, 2)}
              </textarea>
            </div>
          )}
        </div>
        <p class="actions">
          <button type="submit" class="primary">
            Send
          </button>
          <button type="button" class="stop" hidden>
            Stop
          </button>
        </p>
      </form>
      <p class="quiet">The same with curl</p>
      <pre class="curl" tabindex={0}></pre>
      <p class="said" role="status"></p>
      <details class="heads" hidden>
        <summary>Headers</summary>
        <pre tabindex={0}></pre>
      </details>
      <pre class="answer" tabindex={0} aria-label="Answer" hidden></pre>
    </details>
  )
}

function Field({ parameter: { name, in: place, required = false, schema }, id }: { readonly parameter: Parameter; readonly id: string }) {
  const words = schema.enum
  const given = { id, 'data-in': place, 'data-name': name, required }
  return (
    <div class="field">
      <label for={id}>{required ? name : `${name}, optional`}</label>
      {words === undefined ? (
        <input
          {...given}
          placeholder={exampleOf(schema)}
          inputmode={schema.type === 'integer' ? 'numeric' : undefined}
          spellcheck={false}
        />
      ) : (
        <select {...given}>
          <option value=""></option>
          {words.map((word) => (
            <option>{String(word)}</option>
          ))}
        </select>
      )}
    </div>
  )
}

const exampleOf = ({ example }: JsonSchema): string | undefined => (typeof example === 'string' ? example : undefined)
