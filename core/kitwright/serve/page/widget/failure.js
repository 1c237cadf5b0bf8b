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
  return new Failure(kindOf(status), { faults, status, retryAfter: Number(response.headers.get("retry-after")) || 2 });
}

/** @param {number} status @returns {FailureKind} */
function kindOf(status) {
  if (status === 503 || status === 429) return "busy";
  if (status === 502 || status === 504) return "network"; // a proxy whose server is just starting
  if (status === 401 || status === 404 || status === 410) return "gone";
  return status >= 500 ? "failed" : "refused";
}
