import { expect, test } from 'vitest'
import { joinListings, type JoinOptions, type Listing, type Proof } from '../src/index.js'
import { listingOf, ModelService, type Row } from './paging-model.js'

const open = (service: ModelService, limit: number | undefined): Listing<Row> => listingOf(service.fetchPage, 3, { limit })

async function join(counts: number[], options: Partial<JoinOptions<ModelService, Row>> = {}) {
  const services = counts.map((count) => new ModelService(count, 3))
  const rows: string[] = []
  const proofs: Proof[] = []
  const onProof = (proof: Proof): void => void proofs.push(proof)
  for await (const { source, items } of joinListings(services, { open, onProof, ...options }))
    rows.push(...items.map(({ id }) => `${services.indexOf(source)}/${id}`))
  return { rows, verdicts: proofs.map(({ verdict }) => verdict), requests: services.map(({ requests }) => requests) }
}

test('lists come one after another, each proved', async () => {
  expect(await join([2, 0, 4])).toEqual({
    rows: ['0/row-0', '0/row-1', '2/row-0', '2/row-1', '2/row-2', '2/row-3'],
    verdicts: ['sealed', 'sealed', 'sealed'],
    requests: [1, 1, 4],
  })
})

test('a limit holds over all, and opens no more', async () => {
  expect(await join([2, 5, 4], { limit: 3 })).toEqual({
    rows: ['0/row-0', '0/row-1', '1/row-0'],
    verdicts: ['sealed', 'partial'],
    requests: [1, 1, 0],
  })
})

test('rows of one key come once', async () => {
  expect(await join([2, 4], { keyOf: ({ id }) => id, limit: 3 })).toMatchObject({ rows: ['0/row-0', '0/row-1', '1/row-2'] })
})
