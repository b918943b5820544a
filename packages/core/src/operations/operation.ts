import type * as z from 'zod'

/** Parameters as they go over the wire; `undefined` is left out. */
export type WireParameters = Readonly<Record<string, string | number | boolean | undefined>>

/** Whether a call may be sent again: a `create` is, only with its ClientToken. */
export type Safety = 'read' | 'create'

/** An action of DBS as data. Signing, transport, retry and paging know an operation only through this. */
export interface Operation<Input, Output> {
  /** The name on the wire, as `DescribeRegions`. */
  readonly action: string
  readonly version: '2019-03-06'
  readonly safety: Safety
  /** Checks what the caller gives, each field against the operation's own domain, and gives the wire's parameters. */
  readonly input: z.ZodType<WireParameters, Input>
  /**
   * Reads the body of a successful answer; wire names stop here.
   * @throws AnswerError when it is not of the operation's form
   */
  readonly output: (body: unknown) => Output
}

/** Types an operation from its schemas. */
export function defineOperation<Input, Output>(operation: Operation<Input, Output>): Operation<Input, Output> {
  return operation
}
