import { expect, test } from 'vitest'
import { Contract } from './contract.js'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
const document = {
  paths: {
    '/v1/things/{id}': {
      get: {
        responses: {
          200: {
            ...json({ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }),
            headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
          },
          404: problem,
        },
      },
    },
    '/v1/things/first': { get: { responses: { 200: json({ type: 'integer' }) } } },
  },
  components: {
    headers: { RequestId: { required: true } },
    schemas: { Problem: { type: 'object', properties: { status: { type: 'integer' } }, required: ['status'] } },
  },
}

const contract = new Contract(document)
const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'x-request-id': 'r', ...headers } })
const aProblem = { 'content-type': 'application/problem+json' }

test('an answer within the contract passes, and can be read after', async () => {
  const good = answer({ id: 'a' })
  await contract.check('GET', '/v1/things/a', good)
  expect(await good.json()).toEqual({ id: 'a' })
  await contract.check('GET', '/v1/things/first', answer(1))
  await contract.check('GET', '/v1/things/a', answer({ status: 404 }, 404, aProblem))
  await contract.check('GET', '/nothing', answer({ status: 404 }, 404, aProblem))
})

test.each([
  ['a status that is not documented', answer({}, 201), /answered 201, but .* documents only 200, 404/],
  ['a field too many', answer({ id: 'a', secret: 'b' }), /additional properties/],
  ['a field too few', answer({}), /required property 'id'/],
  ['another content type', answer({ id: 'a' }, 200, { 'content-type': 'text/html' }), /as text\/html/],
  ['a header too few', new Response('{"id":"a"}', { headers: { 'content-type': 'application/json' } }), /without the header x-request-id/],
  ['a problem of another status', answer({ status: 400 }, 404, aProblem), /says 400/],
])('%s is told', async (_, one, fault) => {
  await expect(contract.check('GET', '/v1/things/a', one)).rejects.toThrow(fault)
})

test('outside of the document errors are problems still', async () => {
  await expect(contract.check('GET', '/nothing', answer({}, 404))).rejects.toThrow(/instead of a problem/)
  await expect(contract.check('GET', '/v1/nothing', answer({}))).rejects.toThrow(/no such route/)
})
