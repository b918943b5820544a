import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

interface Route {
  /** As the document has it: `/v1/download-tasks/{taskId}`. */
  readonly template: string
  readonly matches: RegExp
  readonly operations: Readonly<Record<string, Operation>>
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly headers?: Record<string, Header>; readonly content?: object }>>
}

type Header = { readonly $ref: string } | { readonly required?: boolean }

/** What the checks need of an OpenAPI document. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly headers: Readonly<Record<string, { readonly required?: boolean }>> }
}

/** Checks answers against an OpenAPI document: status, content type, required headers and body, and no field that it does not name. */
export class Contract {
  readonly #document: Document
  readonly #routes: readonly Route[]
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #checks = new Map<string, ValidateFunction>()

  constructor(document: Document) {
    this.#document = document
    formats.default(this.#ajv)
    this.#ajv.addSchema({ ...(closed(document) as object), $id: 'api' })
    this.#routes = Object.entries(document.paths)
      .map(([template, operations]) => ({ template, operations, matches: patternOf(template) }))
      .toSorted((a, b) => parametersOf(a.template) - parametersOf(b.template))
  }

  /** @throws Error that names route, status and fault; the answer can still be read after */
  async check(method: string, path: string, answer: Response): Promise<void> {
    const said = `${method} ${path} answered ${answer.status}`
    const route = this.#routes.find(({ matches }) => matches.test(path))
    const operation = route?.operations[(method === 'HEAD' ? 'GET' : method).toLowerCase()]
    const type = answer.headers.get('content-type')?.replace(/;.*/s, '').trim()
    const pointer = pointerTo(route, method, answer.status, type)
    if (route === undefined || operation === undefined) {
      if (answer.status >= 400) await this.#checkProblem(said, type, method, answer)
      else if (path.startsWith('/v1/') && method !== 'OPTIONS') throw new Error(`${said}, but the document has no such route.`)
      return
    }
    const response = operation.responses[answer.status]
    if (response === undefined) {
      const known = Object.keys(operation.responses).join(', ')
      throw new Error(`${said}, but ${route.template} documents only ${known}. ${await excerpt(answer)}`)
    }
    const missing = Object.entries(response.headers ?? {}).filter(([name, header]) => this.#isRequired(header) && !answer.headers.has(name))
    if (missing.length > 0) throw new Error(`${said} without the header ${missing.map(([name]) => name).join(', ')} of ${route.template}.`)
    const types = Object.keys(response.content ?? {})
    if (types.length === 0 && type === undefined) return
    if (type === undefined || !types.includes(type)) {
      throw new Error(`${said} as ${type ?? 'nothing'}, but ${route.template} documents ${types.join(', ') || 'no content'}.`)
    }
    if (type.endsWith('json') && method !== 'HEAD' && type !== 'application/x-ndjson') await this.#checkBody(said, pointer, type, answer)
  }

  #isRequired(header: Header): boolean {
    if ('$ref' in header) return this.#document.components.headers[header.$ref.replace(/^.*\//, '')]?.required === true
    return header.required === true
  }

  /** Where no route is, errors are still problems. */
  async #checkProblem(said: string, type: string | undefined, method: string, answer: Response): Promise<void> {
    if (type !== undefined && type.startsWith('text/html')) return
    if (type !== 'application/problem+json')
      throw new Error(`${said} as ${type ?? 'nothing'} instead of a problem. ${await excerpt(answer)}`)
    if (method !== 'HEAD') await this.#checkBody(said, '/components/schemas/Problem', type, answer)
  }

  async #checkBody(said: string, pointer: string, type: string, answer: Response): Promise<void> {
    const body: unknown = await answer.clone().json()
    const check = this.#checkOf(pointer)
    if (!check(body))
      throw new Error(
        `${said} outside of ${pointer}: ${this.#ajv.errorsText(check.errors)}\n${JSON.stringify(body, null, 1).slice(0, 2000)}`,
      )
    if (type === 'application/problem+json' && (body as { status: number }).status !== answer.status) {
      throw new Error(`${said}, but its problem says ${(body as { status: number }).status}.`)
    }
  }

  #checkOf(pointer: string): ValidateFunction {
    const kept = this.#checks.get(pointer)
    if (kept !== undefined) return kept
    const made = this.#ajv.compile({ $ref: `api#${pointer}` } satisfies AnySchema)
    this.#checks.set(pointer, made)
    return made
  }
}

const parametersOf = (template: string): number => template.split('{').length

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\{[^}]+\}/)
      .map((text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`))
      .join('[^/]+')}$`,
  )

function pointerTo(route: Route | undefined, method: string, status: number, type = ''): string {
  const steps = [
    'paths',
    route?.template ?? '',
    (method === 'HEAD' ? 'GET' : method).toLowerCase(),
    'responses',
    status,
    'content',
    type,
    'schema',
  ]
  return `/${steps.map((step) => encodeURIComponent(String(step).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
}

const excerpt = async (answer: Response): Promise<string> => (await answer.clone().text()).slice(0, 500)

/** The document is open to fields of later versions; this version's answers have none that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === 'example' || key === 'examples' ? value : closed(value)]),
  )
  const isOpenObject = copy['type'] === 'object' && typeof copy['properties'] === 'object' && copy['additionalProperties'] === undefined
  return isOpenObject ? { ...copy, additionalProperties: false } : copy
}
