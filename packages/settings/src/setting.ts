import type { Kind } from './kinds.js'

/** One thing a command may be told. Flag, variable, file key, default and documentation all come from here. */
export interface Setting<Value = unknown> {
  readonly kind: Kind<Value>
  /** Without its dashes: `page-size`. */
  readonly flag: string
  readonly variable: string
  readonly summary: string
  /** As text, and read like any other. Without one the value is undefined when nobody sets it. */
  readonly default?: string
  /** Shown in place of a default that has none, as `none; wait: 2h`. */
  readonly defaultNote?: string
  /** Variables that, when all are set, win over this setting from anywhere but its flag. */
  readonly yieldsTo?: { readonly variables: readonly string[]; readonly because: string }
}

/** Settings by name. The name is the key in a YAML file, too. */
export type Settings = Readonly<Record<string, Setting>>

/** What the settings of `Defined` are worth once read. */
export type Values<Defined extends Settings> = {
  readonly [Name in keyof Defined]: Defined[Name] extends { readonly kind: Kind<infer Value> }
    ? Defined[Name] extends { readonly default: string }
      ? Value
      : Value | undefined
    : never
}
