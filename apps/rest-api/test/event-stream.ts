import { get, type IncomingMessage } from 'node:http'

export interface SentEvent {
  readonly id: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A reader of server-sent events over a socket. */
export class EventStream implements Disposable {
  readonly answer: IncomingMessage
  /** All that came, as text. */
  text = ''
  /** How it ended: not yet, as an answer ends, or cut off. */
  end: 'open' | 'ended' | 'cut' = 'open'

  private constructor(answer: IncomingMessage) {
    this.answer = answer
    answer.setEncoding('utf8')
    answer.on('data', (piece: string) => (this.text += piece))
    answer.on('error', () => undefined)
    answer.on('close', () => (this.end = answer.complete ? 'ended' : 'cut'))
  }

  /** Opens a stream; resolves with the head of the answer. */
  static async open(url: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      get(url, { headers, agent: false }, (answer) => resolve(new EventStream(answer))).on('error', reject)
    })
  }

  get events(): readonly SentEvent[] {
    return [...this.text.matchAll(/^id: (.*)\nevent: (.*)\ndata: (.*)\n\n/gm)].map(([, id = '', event = '', data = '']) => ({
      id,
      event,
      data: JSON.parse(data) as Record<string, unknown>,
    }))
  }

  /** The events in short: `created urx1`. */
  get lines(): readonly string[] {
    return this.events.map(({ event, data }) => [event, data['backupSetDownloadTaskId']].filter(Boolean).join(' '))
  }

  /** What a browser would come back with. */
  get lastId(): string {
    return [...this.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? ''
  }

  [Symbol.dispose](): void {
    this.answer.destroy()
  }
}

/** Waits until something holds, and fails when it takes long. */
export async function until(holds: () => boolean, what: () => unknown = () => holds.toString()): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 15_000) throw new Error(`It never came so far: ${JSON.stringify(what())}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
