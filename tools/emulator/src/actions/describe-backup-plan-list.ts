import { ServiceFailure } from '../api/refusals.js'
import { namesPlan, planRow, region, regions } from '../world/plans.js'
import { everywhere, optional, paged, type Action } from './action.js'
import { pageOf } from './page.js'

/** The backup plans; the parameter is `Region`, not RegionId, and PageSize is any number from 1 to 100. */
export const describeBackupPlanList: Action = {
  name: 'DescribeBackupPlanList',
  parameters: {
    ...everywhere,
    ...paged,
    BackupPlanId: optional,
    BackupPlanName: optional,
    BackupPlanStatus: optional,
    Region: optional,
    ResourceGroupId: optional,
    BackupMethod: optional,
    ShowBackupStrategyInfo: { type: 'boolean' },
    ShowRecoverTimeRange: { type: 'boolean' },
    ShowStorageStrategyInfo: { type: 'boolean' },
  },
  run(parameters, { world, shapes }) {
    const wanted = parameters.text('BackupPlanId')?.split(',')
    const asked = parameters.text('Region')
    const rows = world.plans
      .filter((plan) => wanted === undefined || wanted.some((id) => namesPlan(plan, id.trim())))
      .map((plan) => planRow(world.seed, plan))
      .filter((row) => words.every((name) => [undefined, row[name]].includes(parameters.text(name))))
    if (asked !== undefined && !(regions as readonly string[]).includes(asked)) throw badRegion(asked)
    // The vendor's Terraform provider takes this code for "no such plan".
    if (wanted !== undefined && rows.length === 0)
      throw new ServiceFailure('InvalidParameterValid', `The backup plan ${wanted.join(',')} does not exist.`)
    const here = asked === undefined || asked === region ? rows : []
    return pageOf(
      parameters,
      { rowName: 'BackupPlanDetail', length: here.length, slice: (from, to) => here.slice(from, to) },
      shapes,
      anySize,
    )
  },
}

const words = ['BackupPlanName', 'BackupPlanStatus', 'BackupMethod'] as const

const anySize = (size: number): boolean => size >= 1 && size <= 100

const badRegion = (asked: string): ServiceFailure =>
  new ServiceFailure('Param.NotFound', `The specified parameter Region value is not valid. (${asked})`)
