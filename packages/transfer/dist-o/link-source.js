import { DbsError, pauseBeforeNext } from '@backset/core';
/** Fresh links in a row of which none gave a byte. */
const mostFresh = 5;
/** The link that all connections use, and the next one when it fails: internal first, public as fallback, a fresh one when it has expired. */
export class LinkBook {
    #source;
    #network;
    #clock;
    #random;
    #current;
    #asking;
    #fresh = 0;
    #intranetFailed = false;
    constructor(source, network, clock, random) {
        this.#source = source;
        this.#network = network;
        this.#clock = clock;
        this.#random = random;
    }
    /** @throws DbsError `not-found` when there is no link */
    async current(signal) {
        if (this.#current !== undefined)
            return this.#current;
        this.#asking ??= this.#ask(signal).finally(() => (this.#asking = undefined));
        return this.#asking;
    }
    async #ask(signal) {
        if (this.#fresh > 1) {
            const pauseMs = pauseBeforeNext({ retryable: true, throttled: false }, this.#fresh - 1, { maxAttempts: Infinity, leftMs: Infinity }, this.#random);
            await this.#clock.sleep(pauseMs ?? 0, signal);
        }
        const { internetUrl, intranetUrl, size } = await this.#source(signal);
        const intranet = this.#network === 'internet' || (this.#intranetFailed && internetUrl !== undefined) ? undefined : intranetUrl;
        const internet = this.#network === 'intranet' ? undefined : internetUrl;
        const link = intranet ?? internet;
        if (link === undefined)
            throw noLink(this.#network, internetUrl ?? intranetUrl);
        this.#current = { link, network: intranet === undefined ? 'internet' : 'intranet', size };
        return this.#current;
    }
    /**
     * The host refused this link: the next one is asked for.
     * @throws DbsError when fresh ones were refused, too
     */
    stale(used, refusal) {
        if (used !== this.#current)
            return; // another connection has seen to it
        this.#current = undefined;
        this.#fresh += 1;
        if (this.#fresh >= 2 && this.#leaveIntranet(used))
            return;
        if (this.#fresh > mostFresh)
            throw refused(used, refusal);
    }
    /**
     * The host cannot be reached: the links are asked for anew, for it may have moved.
     * @returns whether another network is tried at once
     */
    unreachable(used) {
        if (used !== this.#current)
            return true;
        this.#current = undefined;
        return this.#leaveIntranet(used);
    }
    #leaveIntranet({ network }) {
        if (this.#network !== 'auto' || network !== 'intranet' || this.#intranetFailed)
            return false;
        this.#intranetFailed = true;
        this.#fresh = 0;
        return true;
    }
    /** Bytes came: what failed before is over. */
    worked() {
        this.#fresh = 0;
    }
}
const noLink = (network, other) => new DbsError('not-found', other === undefined ? 'The task has no link to a file.' : `The task has no link for --network ${network}, but one for the other.`, {
    hint: other === undefined
        ? '`backset get TASK_ID` shows the task; only finished tasks that are downloaded by hand have one.'
        : 'Try --network auto.',
});
function refused({ link }, { httpStatus, message }) {
    const gone = httpStatus === 404 || httpStatus === 410;
    return new DbsError(gone ? 'not-found' : 'link-expired', `${new URL(link).host} refuses the link and ${mostFresh} fresh ones: ${message}.`, {
        httpStatus,
        hint: gone
            ? 'The file is not there (any more): create a new download task.'
            : 'Check the clock of this machine; when it lasts, create a new download task.',
    });
}
//# sourceMappingURL=link-source.js.map