import { taskStates } from '@backset/core'
import { filterNames, hrefOf, type Address } from './address.js'
import type { PlanChoice } from './plan-choice.js'
import { attributeText } from './text.js'

export interface FilterFormProps {
  readonly address: Address
  readonly choice: PlanChoice
  /** The plan the page shows. */
  readonly planId: string | undefined
  /** Regions to pick from, where there are several. */
  readonly regions: readonly string[]
  /** Which field cannot be used, and why. */
  readonly fault: { readonly field: string | undefined; readonly message: string } | undefined
}

const rare = ['until', 'dbType', 'way', 'jobType', 'dataFormat', 'minSize', 'maxSize', 'sort', 'order', 'limit'] as const
const orders = [
  ['', 'as DBS sends them'],
  ['createTime', 'created'],
  ['finishTime', 'finished'],
  ['status', 'status'],
  ['size', 'size'],
  ['duration', 'how long it took'],
  ['name', 'name'],
] as const

/** A plain form that writes the address: without script it does all it does. */
export function FilterForm({ address, choice, planId, regions, fault }: FilterFormProps) {
  const active = [...filterNames].filter((name) => address[name] !== undefined)
  const hidden = rare.filter((name) => address[name] !== undefined)
  const field = { address, fault }
  return (
    <form class="filters card" method="get" action="/" aria-label="Which tasks">
      <div class="fields">
        {regions.length < 2 ? null : (
          <Choice
            name="region"
            label="Region"
            value={address.region ?? regions[0] ?? ''}
            options={regions.map((region) => [region, region])}
          />
        )}
        <PlanField choice={choice} planId={planId} />
        <Field name="name" label="Name" placeholder="*-ManualFull" hint="* and ? stand for any letters" {...field} />
        <Field name="since" label="Created since" placeholder="7d or 2026-01-01" {...field} />
        <StatusField {...field} />
      </div>
      <div class="foot">
        <details open={hidden.length > 0 || (fault?.field !== undefined && (rare as readonly string[]).includes(fault.field))}>
          <summary>More filters, order and page size{hidden.length === 0 ? '' : ` (${hidden.length} set)`}</summary>
          <div class="fields">
            <Field name="until" label="Created before" placeholder="2026-02-01" {...field} />
            <Field name="dbType" label="Database" placeholder="MySQL, Redis" {...field} />
            <Choice
              name="way"
              label="Way"
              value={address.way ?? ''}
              options={withCurrent(
                [
                  ['', 'any'],
                  ['manual', 'manual'],
                  ['auto', 'auto'],
                ],
                address.way,
              )}
            />
            <Field name="jobType" label="Job type" placeholder="cbs_backup_sub_full" {...field} />
            <Field name="dataFormat" label="Format" placeholder="Native, CSV" {...field} />
            <Field name="minSize" label="At least" placeholder="10GiB" {...field} />
            <Field name="maxSize" label="At most" placeholder="1TiB" {...field} />
            <Choice name="sort" label="Sort by" value={address.sort ?? ''} options={withCurrent(orders, address.sort)} />
            <Choice
              name="order"
              label="Order"
              value={address.order ?? 'asc'}
              options={[
                ['asc', 'ascending'],
                ['desc', 'descending'],
              ]}
            />
            <Choice
              name="limit"
              label="Tasks a page"
              value={address.limit ?? '50'}
              options={withCurrent(
                [25, 50, 100, 250, 1000].map((n) => [String(n), String(n)]),
                address.limit,
              )}
            />
          </div>
        </details>
        <p class="actions">
          <button type="submit" class="primary">
            Show
          </button>
          {active.length === 0 ? null : (
            <a href={hrefOf({ region: address.region, backupPlanId: address.backupPlanId })}>
              Clear {active.length === 1 ? 'the filter' : `${active.length} filters`}
            </a>
          )}
        </p>
      </div>
    </form>
  )
}

/** A list where DBS tells the plans, and a field for an id where it does not. */
function PlanField({ choice: { plans, trouble }, planId }: Pick<FilterFormProps, 'choice' | 'planId'>) {
  if (trouble !== undefined && plans.length === 0)
    return (
      <div class="field wide">
        <label for="f-backupPlanId">Plan id</label>
        <input id="f-backupPlanId" name="backupPlanId" value={planId ?? ''} placeholder="dbs…" spellcheck={false} />
      </div>
    )
  const known = plans.map(({ id, name }) => [id, name === undefined ? id : `${name} · ${id}`] as const)
  return (
    <Choice
      name="backupPlanId"
      label="Plan"
      value={planId ?? ''}
      isWide
      options={planId === undefined ? [['', 'Choose a plan'], ...known] : withCurrent(known, planId)}
    />
  )
}

interface FieldProps {
  readonly name: keyof Address
  readonly label: string
  readonly placeholder: string
  readonly hint?: string
  readonly address: Address
  readonly fault: FilterFormProps['fault']
}

function Field({ name, label, placeholder, hint, address, fault }: FieldProps) {
  const said = fault?.field === name ? fault.message : undefined
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <input
        id={`f-${name}`}
        name={name}
        value={address[name] ?? ''}
        placeholder={placeholder}
        title={hint}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        aria-invalid={said === undefined ? undefined : 'true'}
        aria-describedby={said === undefined ? undefined : 'fault'}
      />
    </div>
  )
}

interface ChoiceProps {
  readonly name: keyof Address
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [string, string])[]
  readonly isWide?: boolean
}

const Choice = ({ name, label, value, options, isWide = false }: ChoiceProps) => (
  <div class={isWide ? 'field wide' : 'field'}>
    <label for={`f-${name}`}>{label}</label>
    <select id={`f-${name}`} name={name}>
      {options.map(([one, words]) => (
        <option value={one} selected={one === value}>
          {attributeText(words)}
        </option>
      ))}
    </select>
  </div>
)

/** What the address says stays chosen, also when the form would not offer it. */
const withCurrent = (options: ChoiceProps['options'], current: string | undefined): ChoiceProps['options'] =>
  current === undefined || options.some(([one]) => one === current) ? options : [...options, [current, current]]

/** Groups as boxes to tick; statuses of the address that are no group stand beside them. */
function StatusField({ address, fault }: Pick<FilterFormProps, 'address' | 'fault'>) {
  const chosen = (address.status ?? '').split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
  const words = [...new Set<string>([...taskStates, ...chosen])]
  const said = fault?.field?.startsWith('status') === true ? fault.message : undefined
  return (
    <fieldset class="field states" aria-describedby={said === undefined ? undefined : 'fault'}>
      <legend>Status</legend>
      {words.map((word) => (
        <label class="tick">
          <input type="checkbox" name="status" value={word} checked={chosen.includes(word)} /> {attributeText(word)}
        </label>
      ))}
    </fieldset>
  )
}
