// Waiting: for a while, for the network, or until told to stop.

/**
 * Resolves after a time, or at once when the signal is aborted.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
    signal?.addEventListener("abort", done, { once: true });
  });
}

/**
 * Resolves when the browser says it is online.
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function online(signal) {
  return new Promise((resolve) => {
    if (navigator.onLine || signal?.aborted) return resolve();
    window.addEventListener("online", () => resolve(), { once: true, signal });
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

/**
 * How long to wait before a further try: doubling, with chance, so that a restarted server is not hit by all at once.
 * @param {number} tries
 */
export const backoff = (tries) => Math.min(10_000, 400 * 2 ** tries) * (0.75 + Math.random() / 2);
