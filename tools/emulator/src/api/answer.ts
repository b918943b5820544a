import { toJson } from '../render/json.js'
import { toXml } from '../render/xml.js'
import type { Tree } from '../world/wire.js'
import type { GatewayRefusal, ServiceFailure } from './refusals.js'

/** An answer before anything goes wrong on its way. */
export interface Answer {
  readonly httpStatus: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The `Code` or `ErrCode` of a refusal. */
  readonly serviceCode?: string
}

export type Format = 'json' | 'xml'

const contentTypes: Record<Format, string> = { json: 'application/json;charset=utf-8', xml: 'text/xml;charset=utf-8' }

/** The rows, or whatever the operation gives, in the envelope of the service. */
export function success(action: string, fields: Readonly<Record<string, Tree>>, requestId: string, format: Format): Answer {
  const body = { RequestId: requestId, Success: true, HttpStatusCode: 200, ...fields }
  return {
    httpStatus: 200,
    headers: { 'content-type': contentTypes[format] },
    body: format === 'json' ? toJson(body) : toXml(`${action}Response`, body),
  }
}

/** HTTP 200 whose body says no. */
export function serviceFailure(
  action: string,
  { code, message, httpStatusCode, headers }: ServiceFailure,
  requestId: string,
  format: Format,
): Answer {
  const body = { RequestId: requestId, Success: false, ErrCode: code, ErrMessage: message, HttpStatusCode: httpStatusCode }
  return {
    httpStatus: 200,
    headers: { ...headers, 'content-type': contentTypes[format] },
    body: format === 'json' ? toJson(body) : toXml(`${action}Response`, body),
    serviceCode: code,
  }
}

/** The gateway's refusal; its XML root is `Error` whatever was called. */
export function gatewayRefusal(
  { code, message, httpStatus, headers, extra }: GatewayRefusal,
  requestId: string,
  host: string,
  format: Format,
): Answer {
  const recommend = `https://api.aliyun.com/troubleshoot?q=${code}&product=Dbs&requestId=${requestId}`
  const body = { RequestId: requestId, HostId: host, Code: code, Message: message, Recommend: recommend, ...extra }
  return {
    httpStatus,
    headers: { ...headers, 'content-type': contentTypes[format] },
    body: format === 'json' ? toJson(body) : `<?xml version="1.0" encoding="UTF-8"?>${toXml('Error', body)}`,
    serviceCode: code,
  }
}
