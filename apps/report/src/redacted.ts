/** Every text in a value, with what came from the environment taken out. */
export function redactedIn<Value>(value: Value, redact: (text: string) => string): Value {
  return inside(value, redact) as Value
}

function inside(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((inner) => inside(inner, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, inside(inner, redact)]])))
}
