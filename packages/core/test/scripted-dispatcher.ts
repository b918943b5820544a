import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'

/** What one request meets: an answer, an error of the connection, or silence. */
export type Scripted =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | Error
  | 'silence'

/** A request as it would have been sent. */
export interface Sent {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** A dispatcher that answers from a script, its last line again and again; no socket is opened. */
export const scriptedDispatcher = (...script: readonly Scripted[]): ReturnType<typeof ruledDispatcher> =>
  ruledDispatcher((requests) => script[Math.min(requests, script.length - 1)] ?? new Error('The script is empty.'))

/** A dispatcher that answers by a rule. @param rule is told how many requests came before */
export function ruledDispatcher(rule: (requests: number) => Scripted | Promise<Scripted>): {
  readonly dispatcher: Dispatcher
  readonly sent: Sent[]
} {
  const sent: Sent[] = []
  async function request({
    path,
    headers,
    signal,
  }: {
    path: string
    headers: Record<string, string>
    signal: AbortSignal
  }): Promise<unknown> {
    const line = await rule(sent.push({ path, headers }) - 1)
    if (line === 'silence') {
      await once(signal, 'abort')
      throw signal.reason
    }
    if (line instanceof Error) throw line
    const { status = 200, headers: answered = {}, body = { Success: true } } = line
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return { statusCode: status, headers: { 'content-type': 'application/json', ...answered }, body: Readable.from([Buffer.from(text)]) }
  }
  return { dispatcher: { request } as unknown as Dispatcher, sent }
}

/** A refusal of the gateway. */
export const refusal = (code: string, status = 400, headers: Readonly<Record<string, string>> = {}): Scripted => ({
  status,
  headers,
  body: { RequestId: 'R-1', HostId: 'dbs-api.cn-hangzhou.aliyuncs.com', Code: code, Message: 'no' },
})
