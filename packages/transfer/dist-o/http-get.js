import { abortErrorOf } from '@backset/core';
/**
 * A GET whose body is handed on as it is parsed. The streams that undici's `request` puts between cost about as much as the hash of the bytes.
 * Rejects with undici's error, or as aborted; no status is an error here.
 */
export async function httpGet(dispatcher, { origin, path, headers, silenceMs, signal }) {
    if (signal.aborted)
        throw abortErrorOf(signal);
    return await new Promise((resolve, reject) => {
        const handler = new AnswerHandler(signal, { resolve, reject });
        dispatcher.dispatch({ origin, path, method: 'GET', headers, headersTimeout: silenceMs, bodyTimeout: silenceMs }, handler);
    });
}
class AnswerHandler {
    #signal;
    #head;
    #controller;
    #take;
    #taking;
    #delivery;
    /** How it ended. */
    #end;
    constructor(signal, head) {
        this.#signal = signal;
        this.#head = head;
        signal.addEventListener('abort', this.#abort, { once: true });
    }
    /** An Error object, for undici takes no other reason. */
    #abort = () => {
        const error = abortErrorOf(this.#signal);
        this.#head.reject(error); // where nobody is connected yet, undici would go on trying
        this.#controller?.abort(error);
    };
    onRequestStart(controller) {
        this.#controller = controller;
        if (this.#signal.aborted)
            this.#abort();
    }
    onResponseStart(controller, statusCode, headers) {
        if (statusCode < 200)
            return;
        controller.pause();
        this.#head.resolve({ statusCode, headers, deliver: this.#deliver, close: this.#close });
    }
    #deliver = async (take) => {
        try {
            await new Promise((resolve, reject) => {
                this.#take = take;
                this.#delivery = { resolve, reject };
                if (this.#end === undefined)
                    this.#controller?.resume();
                else
                    this.#tellEnd();
            });
        }
        finally {
            await this.#taking?.catch(() => undefined); // it was told already, unless the connection broke before
        }
    };
    onResponseData(controller, chunk) {
        this.#taking = this.#take?.(chunk); // what it throws undici makes the end of the answer
        if (this.#taking === undefined)
            return;
        controller.pause();
        this.#taking.then(() => controller.resume(), (error) => controller.abort(error));
    }
    onResponseEnd() {
        this.#ended('whole');
    }
    onResponseError(_controller, error) {
        this.#ended(error);
    }
    #ended(end) {
        this.#end ??= end;
        this.#signal.removeEventListener('abort', this.#abort);
        if (end !== 'whole')
            this.#head.reject(end);
        this.#tellEnd();
    }
    #tellEnd() {
        if (this.#end === 'whole')
            this.#delivery?.resolve();
        else if (this.#end !== undefined)
            this.#delivery?.reject(this.#end);
    }
    #close = () => {
        if (this.#end === undefined)
            this.#controller?.abort(new Error('The answer is not read to its end.'));
    };
}
//# sourceMappingURL=http-get.js.map