import { beyondTheEnd, defineQuestion, tasksIn, type Outcome } from './question.js'

const shapes = ['missing', 'null', 'text', 'array', 'object', 'inner-array', 'inner-null', 'inner-text'] as const

type Shape = (typeof shapes)[number] | 'other'

/** What `Items` is where there are no rows, and whether unknown ids get that or a refusal. */
export const emptyShape = defineQuestion<{ items: Shape | null; unknownPlan: string; unknownTask: string }>({
  name: 'emptyShape',
  asks: [{ of: 'unknown task', pageNum: 0 }, { of: 'unknown plan', pageNum: 0 }, beyondTheEnd],
  async measure(asker) {
    const task = await asker.page({ of: 'unknown task', pageNum: 0 })
    const plan = await asker.page({ of: 'unknown plan', pageNum: 0 })
    const empty = [task, plan, await asker.page(beyondTheEnd)].find((one) => 'tasks' in one && one.tasks.length === 0)
    return {
      items: empty !== undefined && 'tasks' in empty ? shapeOf(empty.items) : null,
      unknownPlan: answerTo(plan),
      unknownTask: answerTo(task),
    }
  },
  tell: ({ items, unknownPlan, unknownTask }) =>
    `${items === null ? 'not seen' : `Items is ${items}`}; an unknown plan: ${unknownPlan}; an unknown task: ${unknownTask}`,
})

const answerTo = (outcome: Outcome): string => ('refused' in outcome ? outcome.refused : tasksIn(outcome).length === 0 ? 'empty' : 'rows')

function shapeOf(items: unknown): Shape {
  if (items === undefined) return 'missing'
  if (items === null) return 'null'
  if (items === '') return 'text'
  if (Array.isArray(items)) return 'array'
  if (typeof items !== 'object') return 'other'
  const [inner, another] = Object.values(items)
  if (another !== undefined) return 'other'
  if (inner === undefined) return 'object'
  if (inner === null) return 'inner-null'
  if (inner === '') return 'inner-text'
  return Array.isArray(inner) ? 'inner-array' : 'other'
}
