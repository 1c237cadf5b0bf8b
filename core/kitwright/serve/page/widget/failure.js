// A request that did not succeed, sorted by what can be done about it.

/** @typedef {"network" | "busy" | "gone" | "refused" | "failed"} FailureKind */

export class Failure extends Error {
  /**
   * @param {FailureKind} kind network: try again · busy: later · gone: the conversation is no more ·
   *   refused: sending the same again is of no use · failed: the server could not do it
   * @param {{faults?: import("./types.js").Fault[], retryAfter?: number, status?: number}} [more]
   */
  constructor(kind, { faults = [], retryAfter = 0, status = 0 } = {}) {
    super(faults[0]?.problem ?? kind);
    this.name = "Failure";
    this.kind = kind;
    this.faults = faults;
    this.retryAfter = retryAfter;
    this.status = status;
  }
}

/** @param {unknown} error */
export const asFailure = (error) => (error instanceof Failure ? error : new Failure("network"));

/**
 * The failure that a response stands for.
 * @param {Response} response
 */
export async function failureOf(response) {
  const { status } = response;
  /** @type {import("./types.js").Fault[]} */
  let faults = [];
  try {
    faults = (await response.json()).faults ?? [];
  } catch {
    // A proxy in between answers with a page of its own; the status says enough.
  }
  const retryAfter = Number(response.headers.get("retry-after"));
  return new Failure(kindOf(status, faults, retryAfter), { faults, status, retryAfter: retryAfter || 2 });
}

const BUSY = new Set(["KW203", "KW206", "KW209", "KW503"]); // queue full, too many, stopping, store away for a moment

/** The failure that an `error` event stands for. @param {{faults?: import("./types.js").Fault[]}} data */
export function failureOfEvent({ faults = [] }) {
  const { code = "", hint } = faults[0] ?? {};
  const seconds = /in (\d+) seconds?/.exec(hint ?? "");
  return new Failure(BUSY.has(code) ? "busy" : "failed", { faults, retryAfter: Number(seconds?.[1] ?? 2) });
}

/** @param {number} status @param {readonly import("./types.js").Fault[]} faults @param {number} retryAfter @returns {FailureKind} */
function kindOf(status, faults, retryAfter) {
  if (retryAfter || status === 429) return "busy";
  if ([502, 503, 504].includes(status) && !faults.length) return "network"; // a proxy whose server is just starting
  if (status === 401 || status === 404 || status === 410) return "gone";
  return status >= 500 ? "failed" : "refused";
}
