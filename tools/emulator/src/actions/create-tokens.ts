import { GatewayRefusal } from '../api/refusals.js'

const mostTokens = 10_000

/** What each ClientToken made, so that a repeated create makes nothing. */
export class CreateTokens {
  readonly #made = new Map<string, { readonly request: string; readonly taskId: string }>()

  /**
   * The task of this token, made once.
   * @param request tells one request from another: the same token with another request is refused
   */
  once(token: string | undefined, request: string, make: () => string): string {
    if (token === undefined) return make()
    const made = this.#made.get(token)
    if (made !== undefined && made.request !== request)
      throw new GatewayRefusal(
        'IdempotentParameterMismatch',
        400,
        'Request uses a client token in a previous request but is not identical to that request.',
      )
    const taskId = made?.taskId ?? make()
    this.#made.set(token, { request, taskId })
    if (this.#made.size > mostTokens) this.#made.delete(this.#made.keys().next().value ?? '')
    return taskId
  }

  clear(): void {
    this.#made.clear()
  }
}
