import type { Tree } from '../world/wire.js'

/** The gateway says no: an HTTP status, and `Code` and `Message` in the body. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal'
  readonly code: string
  readonly httpStatus: number
  readonly headers: Readonly<Record<string, string>>
  /** More members of the body, as AccessDeniedDetail. */
  readonly extra: Readonly<Record<string, Tree>>

  constructor(
    code: string,
    httpStatus: number,
    message: string,
    { headers = {}, extra = {} }: { headers?: Readonly<Record<string, string>>; extra?: Readonly<Record<string, Tree>> } = {},
  ) {
    super(message)
    this.code = code
    this.httpStatus = httpStatus
    this.headers = headers
    this.extra = extra
  }
}

/** The service says no: HTTP 200, `Success: false`, `ErrCode` and `ErrMessage`. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure'
  readonly code: string
  /** The number the body repeats. */
  readonly httpStatusCode: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    message: string,
    { httpStatusCode = 400, headers = {} }: { httpStatusCode?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.code = code
    this.httpStatusCode = httpStatusCode
    this.headers = headers
  }
}

/** A value outside a parameter's domain, in the words of the documented example. */
export const badValue = (name: string): ServiceFailure =>
  new ServiceFailure('Param.NotFound', `The specified parameter ${name} value is not valid.`)
