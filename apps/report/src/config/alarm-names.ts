/** What is looked for in the tasks of a report; `failIf` names them. */
export const alarmNames = ['slow', 'silent', 'repeated'] as const
export type AlarmName = (typeof alarmNames)[number]
