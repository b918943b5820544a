import type { JsonSchema } from './document.js'
import { Line } from './prose.js'

/** The fields of a schema, or what it is where it has none. */
export function SchemaView({ schema }: { readonly schema: JsonSchema }) {
  const { properties } = schema
  if (properties === undefined) {
    return (
      <p>
        <TypeOf schema={schema} />
      </p>
    )
  }
  return (
    <table class="facts">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">What it is</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(properties).map(([name, field]) => (
          <tr>
            <th scope="row">
              <code>{name}</code>
              {schema.required?.includes(name) === true ? null : <span class="quiet"> optional</span>}
            </th>
            <td>
              <TypeOf schema={field} />
            </td>
            <td>
              <Line text={field.description ?? descriptionIn(field)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A schema in a few words, with links to those that have a name. */
export function TypeOf({ schema }: { readonly schema: JsonSchema }) {
  const { $ref, allOf, anyOf, oneOf, items, type } = schema
  if ($ref !== undefined) {
    const name = $ref.replace(/^.*\//, '')
    return <a href={`#schema-${name}`}>{name}</a>
  }
  const choices = anyOf ?? oneOf
  // A description beside a reference makes an allOf of both.
  const [only] = (allOf ?? []).filter((one) => one.$ref !== undefined)
  if (only !== undefined) return <TypeOf schema={only} />
  if (choices !== undefined) {
    return (
      <>
        {choices.map((choice, at) => (
          <>
            {at === 0 ? '' : ' or '}
            <TypeOf schema={choice} />
          </>
        ))}
      </>
    )
  }
  if (items !== undefined) {
    return (
      <>
        list of <TypeOf schema={items} />
      </>
    )
  }
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  if (words !== undefined && words.length <= 8) return <>{words.map((word) => JSON.stringify(word)).join(', ')}</>
  return <>{words === undefined ? [type ?? 'any'].flat().join(' or ') : 'a word of a closed list'}</>
}

const descriptionIn = ({ allOf = [] }: JsonSchema): string => allOf.find(({ description }) => description !== undefined)?.description ?? ''
