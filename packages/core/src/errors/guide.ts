import type { ErrorCode } from './codes.js'

/** What a reader of one of our codes wants to know: `docs/errors.md` is written from it. */
export interface Guidance {
  /** What happened, in one sentence. */
  readonly means: string
  /** Why it happens. */
  readonly cause: string
  /** The next step. */
  readonly next: string
}

/** Guidance for every code. One without it does not compile. */
export const errorGuide: Readonly<Record<ErrorCode, Guidance>> = {
  'invalid-input': {
    means: 'What was asked cannot be sent, and nothing was.',
    cause:
      'A parameter is missing or lies outside its domain: a page size DBS does not take, no plan and no task id, an endpoint that is no address.',
    next: 'The message names the field and what it takes.',
  },
  'invalid-setting': {
    means: 'A flag, a variable or a line of the settings file is wrong, and nothing was sent.',
    cause: 'A misspelt name or a value of the wrong kind; all faults are told at once, each with its place.',
    next: 'Correct them; [settings.md](settings.md) lists what can be set, and the message names the source that won.',
  },
  'invalid-cursor': {
    means: 'The listing cannot go on where the cursor says.',
    cause: 'The cursor is cut off, belongs to another question, or the list has moved so far that its row is gone.',
    next: 'Pass on the whole cursor with the same question, or list from the beginning.',
  },
  'unknown-region': {
    means: 'No host is known for the region.',
    cause: 'A misspelt region, or one that is newer than this version.',
    next: 'Take the nearest name that the hint offers, or name the host with `--endpoint`.',
  },
  'no-credentials': {
    means: 'There are no keys to sign with, or the source of keys that is set did not give any.',
    cause:
      'Nothing is set, half a key is set, a profile is missing or of a mode that cannot be used, or the server or command that is asked for keys failed.',
    next: 'Set `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, or choose a profile with `--profile`. The message names the source.',
  },
  'credentials-refused': {
    means: 'DBS does not take these keys.',
    cause:
      'The AccessKeyId does not exist at this site or is disabled, or the STS token has expired or belongs to other keys. An HTTP 401 without the words of DBS may also come from a proxy or gateway before it; the message shows how it begins.',
    next: 'Take keys that are in force. Expired temporary keys are renewed by themselves where they come from a role, a URI or a command.',
  },
  'signature-mismatch': {
    means: 'DBS computed another signature than the one that was sent.',
    cause:
      'The AccessKeySecret is wrong, or a proxy changes requests. DBS prints the text it signed; where that is ours, only the secret can be wrong, and the hint says so.',
    next: 'Copy the secret again. If the hint says that the texts differ, try `--signature v1` and look for a proxy.',
  },
  'no-permission': {
    means: 'The keys are good, but may not do this.',
    cause:
      'No RAM policy of the user or role allows the action. An HTTP 403 without the words of DBS may also come from a proxy or gateway before it; the message shows how it begins.',
    next: 'Grant the action that the hint names; [the least policy](#the-least-policy) stands below.',
  },
  'clock-skewed': {
    means: 'The clock of this machine and that of DBS are too far apart.',
    cause:
      'DBS takes requests whose time lies within 15 minutes of its own. One repetition with the offset learnt from its answer did not help.',
    next: 'Set the clock (NTP). The hint says by how much it is wrong.',
  },
  'not-found': {
    means: 'What was asked for by its id is not there.',
    cause: 'A wrong id or region, a task just created that does not show yet, or a task without a file to fetch.',
    next: '`backset plans`, then `backset list --plan ID` show what there is.',
  },
  throttled: {
    means: 'DBS refused because it was asked too often, and went on doing so through all attempts.',
    cause: 'Others use the same account, or the limit is very low.',
    next: 'Try again later, or lower `--lookahead`.',
  },
  'service-unavailable': {
    means: 'DBS failed inside, through all attempts.',
    cause: 'A fault or maintenance of the service.',
    next: 'Try again later; give the request id to the vendor when it lasts.',
  },
  refused: {
    means: 'DBS understood the call and refused it.',
    cause: 'See `serviceCode`, DBS’s own word, in [the table below](#service-codes).',
    next: 'The hint says what to check.',
  },
  'unreadable-answer': {
    means: 'What came back is no answer of DBS.',
    cause: 'A proxy or load balancer answered in its place, or the answer was cut off.',
    next: 'Look at the excerpt in the message, and at what stands between.',
  },
  'answer-too-large': {
    means: 'The answer is larger than 32 MiB and was not read to its end.',
    cause: 'Something other than DBS answers.',
    next: 'Check the endpoint, and what stands between.',
  },
  unreachable: {
    means: 'DBS, or the host of a file, could not be reached in time.',
    cause: 'DNS, network, proxy or certificate; the message holds the system’s word for it.',
    next: 'Check the endpoint and the proxy variables (`HTTPS_PROXY`, `NO_PROXY`); `--debug` shows each attempt.',
  },
  'listing-incomplete': {
    means: 'The list was read, but cannot be proved to be whole.',
    cause: 'It kept moving while it was read (`moving`), or DBS shows another number of tasks than it says it has (`short`).',
    next: 'Try again, for `moving` when fewer tasks are made; what stays `short` DBS counts and does not show. `--allow-incomplete` takes it as it is; the proof says what was seen.',
  },
  'already-read': {
    means: 'A listing was read a second time.',
    cause: 'A listing is one pass over a list that may change; a second pass would be another listing.',
    next: 'Call `listDownloadTasks` again.',
  },
  'timed-out': {
    means: 'The time that was given is over.',
    cause: '`--timeout`, or a task that took longer than `wait` was given; its last look is still printed.',
    next: 'Give it more time with `--timeout`.',
  },
  'task-failed': {
    means: 'A task that was waited for ended badly.',
    cause: 'DBS stopped it (`stop`), or it did not pass its precheck (`init`); the message holds DBS’s reason.',
    next: 'DBS can neither retry nor delete a download task: create a new one.',
  },
  'cannot-write': {
    means: 'A file could not be written; one that stood there before is untouched.',
    cause: 'No such folder, no permission, or the name belongs to something that is no regular file.',
    next: 'Choose another place, or make this one writable.',
  },
  'disk-full': {
    means: 'There is no room left for a file; one that stood there before is untouched.',
    cause: 'The disk or the quota is full.',
    next: 'Make room, or choose another place.',
  },
  'link-refused': {
    means: 'The link of a file leads where no file of yours can lie, and was not followed.',
    cause:
      'It is no https address, or its host is this machine, a private network or a metadata server, or it redirects too often. A public link never leads there.',
    next: 'The message names the host. `--allow-http` permits plain http; `--network intranet` permits private addresses, for the internal link alone.',
  },
  'link-expired': {
    means: 'The host of a file refuses its link, and each fresh one that DBS gave.',
    cause: 'The link has expired or is not signed for this, or the file has been cleared away.',
    next: 'Look at the link with `backset get TASK_ID --show-links`; when it stays refused, create a new download task.',
  },
  'wrong-file': {
    means: 'What came is not the file that was announced, and does not stand under its name.',
    cause: 'Its size or a checksum differs, it kept changing while it was read, or a web page came in its place.',
    next: 'Fetch again. When it lasts, something between changes the bytes, or the file in the storage is broken.',
  },
  aborted: {
    means: 'The work was interrupted.',
    cause: 'A signal of the terminal, the caller’s AbortSignal, or a client that was closed.',
    next: 'Nothing is broken: start it again, or go on with the cursor.',
  },
  internal: {
    means: 'Something happened that should not be able to.',
    cause: 'A fault of backset.',
    next: 'Please report it, with what was asked.',
  },
}
