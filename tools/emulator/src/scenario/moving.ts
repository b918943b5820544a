import type { TaskList } from '../world/task-list.js'
import type { World } from '../world/world.js'
import type { Move } from './scenario.js'

/** Changes a plan's list as other users of the service would while somebody reads it. */
export function moveList(world: World, planId: string, { change, at, rows }: Move, dice: () => number): void {
  const list = world.tasksOf(planId)
  for (let moved = 0; moved < rows; moved++) {
    if (change === 'grow') list.insert(placeIn(list, at, dice, 1), world.newTask(planId))
    else if (list.length > 0) {
      const taken = list.remove(placeIn(list, at, dice, 0))
      if (change === 'reorder') list.insert(Math.floor(dice() * (list.length + 1)), ...taken)
    }
  }
}

/** @param beyond 1 where the place after the last row counts too */
function placeIn(list: TaskList, at: Move['at'], dice: () => number, beyond: 0 | 1): number {
  const places = list.length + beyond
  return at === 'start' ? 0 : at === 'end' ? places - 1 : Math.floor(dice() * places)
}
