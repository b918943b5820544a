import { expect, test } from 'vitest'
import { openLiveLines } from './live-lines.js'
import type { Sink } from './sink.js'

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A terminal whose writes end when they are let. */
function slowTerminal(columns = 20) {
  const size = { columns }
  const written: string[] = []
  const ends: (() => void)[] = []
  const sink: Sink = {
    isTTY: true,
    width: () => size.columns,
    write: (text) => {
      written.push(text)
      return new Promise((resolve) => ends.push(resolve))
    },
  }
  const endAll = async (): Promise<void> => {
    for (await settle(); ends.length > 0; await settle()) ends.shift()?.()
  }
  return { sink, written, endAll, size }
}

test('a frame takes the place of the one before', async () => {
  const { sink, written, endAll } = slowTerminal()
  const lines = openLiveLines(sink)
  lines.draw(['one', 'two'])
  await endAll()
  lines.draw(['three'])
  await endAll()
  const cleared = lines.clear()
  await endAll()
  await cleared
  expect(written).toEqual(['one\ntwo', '\r\u001B[1A\u001B[Jthree', '\r\u001B[J'])
})

test('of frames that come too fast the newest counts', async () => {
  const { sink, written, endAll } = slowTerminal()
  const lines = openLiveLines(sink)
  for (const text of ['a', 'b', 'c', 'd']) lines.draw([text])
  await endAll()
  expect(written).toEqual(['a', '\r\u001B[Jd'])
})

test('no line fills the width, or moves the cursor', async () => {
  const { sink, written, endAll } = slowTerminal(10)
  openLiveLines(sink).draw(['0123456789', '数据数据数据', '\u001B[2J'])
  await endAll()
  expect(written).toEqual(['01234567…\n数据数据…\n\\u001b[2J'])
})

test('a terminal that becomes narrower has wrapped what stood there', async () => {
  const { sink, written, endAll, size } = slowTerminal(20)
  const lines = openLiveLines(sink)
  lines.draw(['0123456789012345', '数据数据数', 'short'])
  await endAll()
  size.columns = 8
  lines.draw(['0123456789'])
  await endAll()
  size.columns = 30
  const cleared = lines.clear()
  await endAll()
  await cleared
  expect(written.slice(1)).toEqual(['\r\u001B[4A\u001B[J012345…', '\r\u001B[J'])
})

test('in a pipe there is nothing', async () => {
  const written: string[] = []
  await using lines = openLiveLines({ isTTY: false, width: () => undefined, write: async (text) => void written.push(text) })
  lines.draw(['one'])
  await lines.clear()
  expect(written).toEqual([])
})
