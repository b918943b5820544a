import { Parameters, type Action, type ParameterType } from '../actions/action.js'
import type { Pairs } from '../signature/percent.js'
import { missing } from './authenticate.js'
import { GatewayRefusal } from './refusals.js'

const wellTyped: Record<ParameterType, (value: string) => boolean> = {
  text: () => true,
  integer: (value) => /^[+-]?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= 2_147_483_648,
  long: (value) => /^[+-]?\d{1,19}$/.test(value),
  boolean: (value) => /^(?:true|false)$/i.test(value),
}

/** Holds the parameters against what the operation declares. An unknown one is refused, so that a slip of a client is seen. */
export function readParameters({ parameters: declared }: Action, pairs: Pairs): Parameters {
  const values = new Map(pairs)
  for (const [name, value] of values) {
    const rule = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (rule === undefined) throw new GatewayRefusal('UnsupportedParameter', 400, `The parameter ${name} is not supported.`)
    if (value !== '' && !wellTyped[rule.type](value))
      throw new GatewayRefusal('InvalidParameter', 400, `The specified parameter "${name}" is not valid.`)
  }
  for (const [name, rule] of Object.entries(declared)) if (rule.required === true && (values.get(name) ?? '') === '') throw missing(name)
  return new Parameters(values)
}
