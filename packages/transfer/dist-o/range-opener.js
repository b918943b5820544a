import { ConnectionError, DbsError, pauseBeforeNext } from '@backset/core';
import { LinkRefusedError } from './link-refused-error.js';
import { askForRange, TransientError } from './range-request.js';
import { StaleLink } from './setbacks.js';
/** Failures of one connection; bytes that come forgive them. */
export class Patience {
    #parts;
    #failures = 0;
    constructor(parts) {
        this.#parts = parts;
    }
    /**
     * Pauses before the next attempt.
     * @throws the error, when there is none
     */
    async after(error, signal) {
        if (!(error instanceof DbsError) || signal.aborted)
            throw error;
        const { throttled, retryAfterMs } = error instanceof TransientError ? error : { throttled: false, retryAfterMs: undefined };
        this.#failures += 1;
        const failure = { retryable: isTransient(error), throttled, retryAfterMs };
        const { maxAttempts, random } = this.#parts;
        const pauseMs = pauseBeforeNext(failure, this.#failures, { maxAttempts, leftMs: Infinity }, random);
        if (pauseMs === undefined) {
            error.attempts ??= this.#failures;
            throw error;
        }
        await this.#parts.clock.sleep(pauseMs, signal);
    }
    forgive() {
        this.#failures = 0;
    }
}
export const isTransient = (error) => error instanceof TransientError || (error instanceof ConnectionError && error.retryable);
/** Asks for a range until it is answered: with a fresh link, on the other network, after a pause. */
export async function openRange({ links, roads, clock, silenceMs }, patience, range, bound, signal) {
    for (;;) {
        const used = await links.current(signal);
        try {
            const answer = await askForRange(roads.to(used.network), { link: checkedLink(used), range, bound, silenceMs, now: clock.now, signal });
            return { ...answer, network: used.network, announcedSize: used.size };
        }
        catch (error) {
            if (signal.aborted)
                throw error;
            if (error instanceof StaleLink)
                links.stale(used, error);
            else if (error instanceof LinkRefusedError || error instanceof ConnectionError) {
                if (!links.unreachable(used))
                    await patience.after(error, signal);
            }
            else
                await patience.after(error, signal);
        }
    }
}
function checkedLink({ link }) {
    if (!URL.canParse(link))
        throw new LinkRefusedError('?', 'it is no address');
    return link;
}
//# sourceMappingURL=range-opener.js.map