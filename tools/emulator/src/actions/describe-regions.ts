import { regions } from '../world/plans.js'
import { everywhere, type Action } from './action.js'

export const describeRegions: Action = {
  name: 'DescribeRegions',
  parameters: everywhere,
  run: () => ({ Regions: { RegionCode: regions } }),
}
