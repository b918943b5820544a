import { DbsError, type Clock, parseDuration } from '@backset/core'
import type { Dispatcher } from 'undici'
import type { Report } from '../config/report.js'
import type { Notice } from '../config/schema.js'
import { runCommand } from './command.js'
import { type EndedRun, isFailure, noticeBody } from './notice-body.js'
import { sendWebhook } from './webhook.js'

export interface NoticeParts {
  readonly clock: Clock
  readonly random: () => number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** Opened when the first webhook is sent. */
  readonly dispatcher: () => Dispatcher
  /** Told what a command printed. */
  readonly onOutput: (report: string, output: string) => void
}

/** Tells who wants to know how a run ended; returns a sentence for each notice that did not arrive, and never throws. */
export type SendNotices = (report: Report, run: EndedRun, signal: AbortSignal) => Promise<readonly string[]>

export function openNotices(parts: NoticeParts): SendNotices {
  return async (report, run, signal) => {
    const wanted = report.notices.filter(({ on }) => on === 'always' || isFailure(run))
    if (wanted.length === 0) return []
    const body = noticeBody(report, run, parts)
    const ended = await Promise.all(wanted.map((notice) => failureOf(notice, body, report, parts, signal)))
    return ended.flatMap((failure) => failure ?? [])
  }
}

async function failureOf(
  notice: Notice,
  body: string,
  report: Report,
  parts: NoticeParts,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await send(notice, body, report, parts, signal)
    return undefined
  } catch (error) {
    // What we did not throw may quote anything.
    const why = error instanceof DbsError ? error.message : error instanceof Error ? error.name : 'unknown'
    return report.redact(`A notice by ${notice.webhook === undefined ? 'command' : 'webhook'} failed: ${why}`)
  }
}

async function send(
  { webhook, command, timeout }: Notice,
  body: string,
  report: Report,
  parts: NoticeParts,
  signal: AbortSignal,
): Promise<void> {
  const { clock, random, env, version, dispatcher, onOutput } = parts
  const timeoutMs = parseDuration(timeout, 'timeout')
  if (webhook !== undefined)
    await sendWebhook(webhook, body, { dispatcher: dispatcher(), clock, random, timeoutMs, signal, userAgent: `backset-report/${version}` })
  if (command === undefined) return
  const output = await runCommand(command, body, { clock, env: withoutCredentials(env), timeoutMs, signal })
  if (output !== '') onOutput(report.name, report.redact(output))
}

/** A notice needs no keys of DBS. */
const withoutCredentials = (env: NoticeParts['env']): NoticeParts['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:ALIBABA_?CLOUD|ALICLOUD|ALIYUN)_/i.test(name)))
