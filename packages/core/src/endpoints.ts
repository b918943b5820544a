import { InputError } from './errors/input-error.js'
import { DbsError } from './errors/dbs-error.js'
import { nearestName } from './nearest-name.js'

interface Region {
  /** Regions that share the host in Hangzhou have none of their own. */
  readonly host: 'hangzhou' | 'own'
  /** Whether a host inside the region's network is listed. */
  readonly vpc: boolean
}

const shared = { host: 'hangzhou', vpc: true } as const
const own = { host: 'own', vpc: true } as const

/**
 * Where each region is served. Source: the vendor's API metadata and endpoint page (2024 to 2026), which agree and are the newest; ap-southeast-2,
 * ap-south-1 and me-east-1 stand only in the SDKs' maps. The vendor's fallback for a region that is not listed (`dbs.<region>.aliyuncs.com`) is of the wrong
 * family of hosts and not copied.
 */
const regions: Readonly<Record<string, Region>> = {
  'cn-hangzhou': shared,
  'cn-shanghai': shared,
  'cn-beijing': shared,
  'cn-shenzhen': shared,
  'cn-qingdao': shared,
  'cn-zhangjiakou': own,
  'cn-huhehaote': own,
  'cn-wulanchabu': own,
  'cn-chengdu': own,
  'cn-hongkong': shared,
  'ap-northeast-1': own,
  'ap-southeast-1': own,
  'ap-southeast-2': { host: 'own', vpc: false },
  'ap-southeast-3': own,
  'ap-southeast-5': own,
  'ap-south-1': { host: 'own', vpc: false },
  'us-west-1': shared,
  'us-east-1': shared,
  'eu-central-1': own,
  'eu-west-1': own,
  'me-east-1': { host: 'own', vpc: false },
  'cn-hangzhou-finance': { host: 'hangzhou', vpc: false },
  'cn-shanghai-finance-1': shared,
  'cn-shenzhen-finance-1': shared,
}

/** Every region with a known host. */
export const knownRegions: readonly string[] = Object.keys(regions)

export interface EndpointOptions {
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  readonly network?: 'public' | 'vpc' | undefined
  readonly allowHttp?: boolean | undefined
}

export interface Endpoint {
  /** An origin: nothing but scheme, host and port. */
  readonly url: URL
  readonly regionId: string | undefined
}

/**
 * Where to send. An explicit endpoint wins over the table.
 * @throws DbsError `unknown-region` with the nearest name, InputError for what is no endpoint or plain http beyond loopback
 */
export function resolveEndpoint({ region, endpoint, network = 'public', allowHttp = false }: EndpointOptions): Endpoint {
  if (endpoint !== undefined && endpoint !== '') return { url: explicit(endpoint, allowHttp), regionId: region }
  if (region === undefined || region === '') {
    throw new InputError('There is no region and no endpoint to ask.', {
      field: 'region',
      hint: 'Give --region, or set ALIBABA_CLOUD_REGION_ID: cn-hangzhou, for example.',
    })
  }
  const known = Object.hasOwn(regions, region) ? regions[region] : undefined
  if (known === undefined) {
    const nearest = nearestName(region, knownRegions)
    const hint = `${nearest === undefined ? '' : `Did you mean ${nearest}? `}A region that is newer than this version can be reached with --endpoint.`
    throw new DbsError('unknown-region', `DBS has no region ${JSON.stringify(region.slice(0, 60))} that is known here.`, { hint })
  }
  if (network === 'vpc' && !known.vpc) {
    throw new InputError(`No host inside the network of ${region} is known.`, { field: 'network', hint: 'Give it with --endpoint.' })
  }
  const host =
    network === 'vpc' ? `dbs-api-vpc.${region}.aliyuncs.com` : `dbs-api.${known.host === 'own' ? region : 'cn-hangzhou'}.aliyuncs.com`
  return { url: new URL(`https://${host}`), regionId: region }
}

function explicit(endpoint: string, allowHttp: boolean): URL {
  const field = 'endpoint'
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new InputError('The endpoint is no address.', {
      field,
      hint: 'Write it as dbs-api.cn-hangzhou.aliyuncs.com or http://127.0.0.1:8899.',
    })
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new InputError(`The endpoint ${url.host} must be a scheme, a host and a port alone.`, {
      field,
      hint: 'Take off path, query and user.',
    })
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !allowHttp) {
    throw new InputError(`The endpoint ${url.host} is plain http: whoever stands between could read and change what is sent.`, {
      field,
      hint: 'Use https, or --allow-http if you must.',
    })
  }
  return url
}

/** Whether a host is this machine: 127.0.0.0/8, ::1 and localhost. */
const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/i.test(hostname)
