/**
 * Whether a text fits a pattern with `*` (anything) and `?` (one character), as a whole and in this case. It takes time of their lengths' product at most:
 * after a mismatch only the last `*` is widened.
 */
export function fitsGlob(text: string, pattern: string): boolean {
  const [chars, signs] = [Array.from(text), Array.from(pattern)]
  let [at, place, star, from] = [0, 0, -1, 0]
  while (at < chars.length) {
    if (place < signs.length && signs[place] === '*') {
      star = place++
      from = at
    } else if (place < signs.length && (signs[place] === '?' || signs[place] === chars[at])) {
      at++
      place++
    } else if (star >= 0) {
      place = star + 1
      at = ++from
    } else return false
  }
  while (signs[place] === '*') place++
  return place === signs.length
}
