/** A time as people say it: to the millisecond below a second, to a tenth above, to a second from ten on. */
export function inSeconds(ms: number): string {
  const places = ms < 1000 ? 3 : ms < 10_000 ? 1 : 0
  return `${Number((ms / 1000).toFixed(places))} s`
}
