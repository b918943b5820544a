/** Whether an answer with this HTTP status that nobody can read may be a better one next time: not when a 4xx refuses the request itself. */
export const isTransientStatus = (httpStatus: number): boolean =>
  httpStatus < 300 || httpStatus === 408 || httpStatus === 429 || httpStatus >= 500
