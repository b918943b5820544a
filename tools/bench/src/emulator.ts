import { startEmulatorProcess } from '@backset/workspace/emulator-process.mjs'

export type Emulator = Awaited<ReturnType<typeof startEmulatorProcess>> & { readonly planId: string }

/** Lists tasks of one plan with an emulator in a process of its own, so that it does not share our event loop; ends it after `work`. */
export async function withEmulator<Result>(
  flags: readonly string[],
  signal: AbortSignal,
  work: (emulator: Emulator) => Promise<Result>,
): Promise<Result> {
  const ended = new AbortController()
  try {
    const emulator = await startEmulatorProcess(['--plans', '1', ...flags], AbortSignal.any([signal, ended.signal]))
    const [planId] = emulator.plans
    if (planId === undefined) throw new Error('The emulator has no plan.')
    return await work({ ...emulator, planId })
  } finally {
    ended.abort()
  }
}
