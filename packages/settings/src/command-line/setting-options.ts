import type { Setting, Settings } from '../setting.js'
import type { Option } from './option.js'

/** Settings as flags. They are given on as they came: settings are read, judged and explained in one place. */
export const settingOptions = <const Defined extends Settings>(settings: Defined, group: string) =>
  Object.fromEntries(Object.values<Setting>(settings).map((setting) => [setting.flag, optionOf(setting, group)])) as Readonly<
    Record<Defined[keyof Defined]['flag'], Option>
  >

function optionOf({ variable, summary, kind, default: text, defaultNote }: Setting, group: string): Option {
  const fallback = text ?? defaultNote
  return {
    kind: kind.form,
    group,
    placeholder: kind.takes,
    variable,
    summary,
    ...(fallback !== undefined && fallback !== 'false' && { fallback }),
    ...(kind.choices !== undefined && { suggestions: kind.choices }),
  }
}
