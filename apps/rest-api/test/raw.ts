import { connect, type Socket } from 'node:net'

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A connection on which anything can be said. */
export class Wire implements Disposable {
  readonly #socket: Socket
  #text = ''
  readonly #ended: Promise<void>

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.#socket = connect(Number(port), hostname)
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (text: string) => (this.#text += text))
    this.#socket.on('error', () => undefined) // a server may end a connection as it likes
    this.#ended = new Promise((resolve) => this.#socket.once('close', () => resolve()))
  }

  say(text: string): void {
    this.#socket.write(text, 'latin1')
  }

  /** What came, once the server has ended the connection. */
  async rest(): Promise<string> {
    await this.#ended
    return this.#text
  }

  /** What came so far, once it has that in it. */
  async until(text: string): Promise<string> {
    while (!this.#text.includes(text)) await new Promise((resolve) => this.#socket.once('data', resolve))
    return this.#text
  }

  /** Asks again and again, each time when the last answer is whole; how that ended. */
  async askUntilEnd(request: string): Promise<'refused' | 'closed by a word' | 'cut off'> {
    let isClosed = false
    void this.#ended.then(() => (isClosed = true))
    for (let from = 0; ;) {
      this.say(request)
      for (;;) {
        const [, head, length] = /^(HTTP.*?content-length: (\d+).*?)\r\n\r\n/is.exec(this.#text.slice(from)) ?? []
        if (head !== undefined && this.#text.length >= from + head.length + 4 + Number(length)) {
          from += head.length + 4 + Number(length)
          if (/\r\nconnection: close/i.test(head)) return 'closed by a word'
          break
        }
        if (isClosed) return this.#socket.bytesRead === 0 ? 'refused' : 'cut off'
        await Promise.race([new Promise((resolve) => this.#socket.once('data', resolve)), this.#ended])
      }
    }
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }
}

/** Says something on a connection of its own; the answer, once the server has ended it. */
export async function say(url: string, text: string): Promise<RawAnswer> {
  using wire = new Wire(url)
  wire.say(text)
  return parseAnswer(await wire.rest())
}

export function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}
