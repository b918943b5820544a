import { draw, mix } from '../world/random.js'
import { everywhere, optional, paged, required, type Action } from './action.js'
import { pageOf } from './page.js'

/** The backup gateways; BackupGatewayId is a String here and a Long in other lists. */
export const describeBackupGatewayList: Action = {
  name: 'DescribeBackupGatewayList',
  parameters: { ...everywhere, ...paged, Region: required, Identifier: optional },
  run(parameters, { world, shapes }) {
    const region = parameters.text('Region') ?? ''
    const wanted = parameters.text('Identifier')?.split(',')
    const rows = [0, 1, 2, 3]
      .map((index) => {
        const hash = mix(world.seed, 0x6a7e, index)
        return {
          BackupGatewayId: String(9_007_199_254_740_993n + BigInt(hash) * 2_000_000_000n),
          DisplayName: `网关-${index + 1}`,
          Identifier: world.ids.write({ kind: 'gateway', plan: 0, index }),
          Region: region,
          BackupGatewayStatus: ['ONLINE', 'OFFLINE', 'STOPPED', 'UPGRADING'][index] ?? 'ONLINE',
          BackupGatewayCreateTime: Date.UTC(2025, 5, 1) + draw(hash, 0, 86_400_000),
          LastHeartbeatTime: Date.UTC(2026, 0, 15) + draw(hash, 1, 86_400_000),
          SourceEndpointHostname: `gateway-${index + 1}`,
          SourceEndpointInternetIP: `203.0.113.${index + 20}`,
          SourceEndpointIntranetIP: `10.0.0.${index + 20}`,
        }
      })
      .filter(({ Identifier }) => wanted === undefined || wanted.includes(Identifier))
    return pageOf(parameters, { rowName: 'BackupGateway', length: rows.length, slice: (from, to) => rows.slice(from, to) }, shapes)
  },
}
