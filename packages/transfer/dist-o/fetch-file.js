var __addDisposableResource = (this && this.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (this && this.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
import { randomInt } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { abortErrorOf, DbsError, makeFolder, systemClock } from '@backset/core';
import { diskErrorOf } from './disk-errors.js';
import { fetchRanges } from './fetch-ranges.js';
import { lockFile } from './file-lock.js';
import { fileNameOf } from './file-name.js';
import { LinkBook } from './link-source.js';
import { whatStands, writeManifest } from './manifest.js';
import { PartFile } from './part-file.js';
import { Roads } from './roads.js';
import { SideFile } from './side-file.js';
import { WrongFileError } from './wrong-file-error.js';
/**
 * Brings a task's file to disk: `<folder>/<task id>.tar.gz`, whole, compared with what its host announced, and `<file>.manifest.json` beside it. Until then
 * its bytes stand in `<file>.part`, where a later run goes on.
 * @throws DbsError `wrong-file`, `link-refused`, `link-expired`, `not-found`, `unreachable`, `disk-full`, `cannot-write`, `aborted`, and what `links` throws
 */
export async function fetchFile(options) {
    const { taskId, folder, force = false, connections = 4, clock = systemClock, signal = new AbortController().signal } = options;
    const file = join(resolve(folder), fileNameOf(taskId));
    if (!Number.isInteger(connections) || connections < 1 || connections > 32)
        throw new DbsError('invalid-input', `connections is ${connections}, but must be a whole number from 1 to 32.`);
    if (signal.aborted)
        throw abortErrorOf(signal);
    const lock = await onDisk(file, async () => {
        await makeFolder(folder);
        return await lockFile(file);
    });
    try {
        const standing = force ? undefined : await onDisk(file, () => whatStands(file, taskId, signal), signal);
        if (standing?.kind === 'whole') {
            const { bytes, sha256 } = standing;
            return { taskId, file, bytes, sha256, resumedFrom: 0, alreadyThere: true };
        }
        if (standing?.kind === 'foreign')
            throw inTheWay(file, standing.reason);
        return await intoPlace(options, file, { clock, signal, connections });
    }
    finally {
        await lock[Symbol.asyncDispose]();
    }
}
/** What the disk refuses is told as an error of ours. */
async function onDisk(file, work, signal) {
    try {
        return await work();
    }
    catch (error) {
        throw signal?.aborted === true ? abortErrorOf(signal) : diskErrorOf(error, file);
    }
}
async function intoPlace(options, file, { clock, signal, connections }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { taskId, folder, links, network = 'auto', silenceMs = 30_000, maxAttempts = 5, random = systemRandom, onProgress } = options;
        const startedAt = new Date(clock.now()).toISOString();
        const { allowHttp = false, endpointIsLoopback = false, env = {} } = options;
        const roads = __addDisposableResource(env_1, new Roads({ network, allowHttp, endpointIsLoopback, silenceMs, env }), true);
        const part = await PartFile.open(file, new SideFile(file));
        let fetched;
        try {
            const onBytes = (progress) => onProgress?.({ taskId, ...progress });
            const book = new LinkBook(links, network, clock, random);
            fetched = await fetchRanges({
                taskId,
                folder,
                links: book,
                roads,
                clock,
                random,
                silenceMs,
                maxAttempts,
                connections,
                part,
                signal,
                onBytes,
            });
            await part.sync(fetched.size);
            const { size, host, etag, sha256, compared } = fetched;
            // Before the file has its name: a manifest without a file is nothing, a file without a manifest would be in the way.
            const manifest = {
                taskId,
                file: basename(file),
                bytes: size,
                sha256,
                sourceHost: host,
                network: fetched.network,
                etag,
                checked: ['size', ...compared],
                startedAt,
                finishedAt: new Date(clock.now()).toISOString(),
            };
            await onDisk(file, () => writeManifest(file, manifest));
            await part.publish(file);
        }
        catch (error) {
            if (!part.canBeResumed || (error instanceof WrongFileError && error.spoilt))
                await part.discard();
            else
                await part.keep().catch(() => undefined); // the error that ends it says more
            throw error;
        }
        finally {
            await part.close();
        }
        const { size: bytes, sha256, resumedFrom } = fetched;
        return { taskId, file, bytes, sha256, resumedFrom, alreadyThere: false };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const inTheWay = (file, reason) => new DbsError('cannot-write', `${file} stands there already, and ${reason}.`, {
    hint: '--force fetches it again and puts it in its place; -d names another folder.',
});
const systemRandom = () => randomInt(2 ** 32) / 2 ** 32;
//# sourceMappingURL=fetch-file.js.map