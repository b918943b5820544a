/** How the page looks: on a wide screen, a phone and paper, light and dark. Every pair of colours has a contrast of 4.5 or more. */
export const style = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1b2330; --quiet: #586374; --line: #dde2ea; --accent: #1f5fc4; --bytes: #b06a00;
  --done: #1a7446; --active: #1f5fc4; --failed: #b3261e; --suspended: #7a5400; --unknown: #586374; --good-ground: #e7f4ec; --bad-ground: #fdeceb }
@media screen and (prefers-color-scheme: dark) { :root { --page: #12161d; --card: #1a2029; --ink: #e4e9f1; --quiet: #9ba7b8; --line: #2d3644; --accent: #82b1ff;
  --bytes: #f0b04f; --done: #6fd09a; --active: #82b1ff; --failed: #ff9b93; --suspended: #e8bb61; --unknown: #9ba7b8; --good-ground: #17301f; --bad-ground: #391f20 } }
* { box-sizing: border-box }
html { font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; background: var(--page); color: var(--ink) }
body, h1, h2, p, dl, dd, figure, ul { margin: 0 }
main { max-width: 1500px; margin: 0 auto; padding: 1.5rem clamp(1rem, 2.5vw, 2rem) 3rem; display: grid; gap: 2rem }
header, section { display: grid; grid-template-columns: minmax(0, 1fr); gap: .8rem }
h1 { font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere }
h2 { font-size: 1.15rem }
a { color: var(--accent) }
code, td.id, .ids { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-size: .92em }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem }
.quiet { color: var(--quiet) }
.number, .bytes, .duration { text-align: right; font-variant-numeric: tabular-nums }
.number, td.bytes, td.duration { white-space: nowrap }
.about { display: flex; flex-wrap: wrap; gap: .3rem 2rem }
.about div { display: flex; gap: .5rem; min-width: 0 }
.about dd { overflow-wrap: anywhere }
dt { color: var(--quiet) }
.verdict { padding: .6rem .9rem; border-left: 4px solid; border-radius: 0 6px 6px 0 }
.verdict.good { background: var(--good-ground); border-color: var(--done) }
.verdict.bad { background: var(--bad-ground); border-color: var(--failed) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .6rem }
.tiles .card { padding: .5rem .85rem }
.tiles dd { font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap }
.findings { padding-left: 2rem; display: grid; gap: .4rem; overflow-wrap: anywhere }
.figures { columns: 38rem 2; column-gap: .8rem }
.figures figure { break-inside: avoid; margin-bottom: .8rem }
figcaption { font-weight: 600; margin-bottom: .6rem }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem; align-items: start }
.chart { display: block; width: 100%; max-width: 30rem; height: auto }
.chart-tasks { color: var(--accent) }
.chart-bytes { color: var(--bytes) }
.chart-value { fill: var(--quiet); font-variant-numeric: tabular-nums }
.legend { display: flex; align-items: center; gap: .4rem }
.swatch { width: 1.1rem; height: .6rem; background: var(--accent) }
.swatch.hatched { margin-left: .7rem; background: repeating-linear-gradient(-45deg, var(--bytes) 0 2px, transparent 2px 4px) }
table { width: 100%; border-collapse: collapse }
th { text-align: left; font-weight: 600 }
th.number, th.bytes, th.duration { text-align: right }
td, th { overflow-wrap: anywhere; vertical-align: top }
.numbers th, .numbers td { padding: .25rem .8rem .25rem 0; border-top: 1px solid var(--line); font-weight: 400 }
.numbers .number { padding-left: .4rem; padding-right: 0 }
.numbers thead th { color: var(--quiet); border: 0 }
.numbers td.ids { padding-left: 1.2rem; padding-right: 0 }
.numbers thead th.number + th:last-child:not(.number) { padding-left: 1.2rem }
.numbers tr.bad td, .numbers tr.bad th { color: var(--failed); font-weight: 600 }
.tasks { background: var(--card); border: 1px solid var(--line) }
.tasks th, .tasks td { padding: .4rem .65rem; border-top: 1px solid var(--line) }
.tasks thead th { color: var(--quiet); border: 0 }
.tasks .time { white-space: nowrap; font-variant-numeric: tabular-nums }
.tasks .message { min-width: 12rem }
.tasks td.id { min-width: 8.5rem }
.tasks td.text { min-width: 7rem }
.none { color: var(--quiet) }
.mark { font-weight: 600; white-space: nowrap }
.done { color: var(--done) } .active { color: var(--active) } .failed { color: var(--failed) } .suspended { color: var(--suspended) } .unknown { color: var(--unknown) }
@media screen and (max-width: 60rem) {
  .tasks, .tasks tbody { display: block; background: none; border: 0 }
  .tasks thead { display: none }
  .tasks tr { display: grid; gap: .15rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .85rem; margin-bottom: .6rem }
  .tasks td, .tasks td.id, .tasks td.text { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); min-width: 0; gap: .6rem; border: 0; padding: 0; text-align: left; white-space: normal }
  .tasks td.none { display: none }
  .tasks td::before { content: attr(data-label); color: var(--quiet); font: 400 .92rem system-ui, sans-serif }
  .mark { white-space: normal }
}
@media screen and (max-width: 40rem) { .pair { grid-template-columns: minmax(0, 1fr) } .numbers td.ids, .numbers thead th.number + th:last-child:not(.number) { display: none } }
@media print {
  .tasks td.id, .tasks td.text { min-width: 0 }
  @page { margin: 12mm }
  html { font-size: 9.5pt; background: none }
  main { max-width: none; padding: 0; gap: 1.2rem }
  h2 { break-after: avoid }
  .card { break-inside: avoid }
  thead { display: table-header-group }
  tr, figure { break-inside: avoid }
  .wide, section > .card:has(table) { break-inside: auto }
  .figures { columns: auto 1 }
  * { print-color-adjust: exact }
  a { color: inherit }
}
`
