// The delivery of one message: tried again with the same message_id until it was acknowledged or can not be.

import { asFailure, Failure, failureOfEvent } from "./failure.js";
import { backoff, online, pause } from "./pause.js";

const TRIES = 9; // about a minute: a server may restart meanwhile
const BUSY_TRIES = 6;
const STOPPED = "KW204"; // the visitor stopped the reply: no failure

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {"online" | "offline" | "reconnecting"} Connection */

/**
 * @typedef {{
 *   frame: (frame: Frame) => void, again: () => void, connection: (state: Connection) => void, queued: (seconds: number) => void,
 * }} Told again: what was shown of a broken reply is void
 */

/**
 * Send until the server acknowledged the message.
 * @param {() => Promise<AsyncIterable<Frame>>} send
 * @param {Told} told
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 * @throws {Failure} it could not be delivered
 */
export async function deliver(send, told, signal) {
  let broken = 0;
  let busy = 0;
  while (!signal.aborted) {
    try {
      const acknowledged = await once(send, told);
      told.connection("online");
      if (acknowledged) return;
      throw new Failure("network"); // the stream ended early
    } catch (error) {
      const failure = asFailure(error);
      if (signal.aborted) return;
      told.again();
      if (failure.kind === "network" && ++broken < TRIES) await broke(broken, told, signal);
      else if (failure.kind === "busy" && ++busy < BUSY_TRIES) await queue(failure.retryAfter, told, signal);
      else throw failure;
    }
  }
}

/**
 * One try.
 * @param {() => Promise<AsyncIterable<Frame>>} send
 * @param {Told} told
 * @returns {Promise<boolean>} whether the server said that it was done
 */
async function once(send, told) {
  for await (const frame of await send()) {
    if (frame.kind === "error" && frame.data.faults?.[0]?.code !== STOPPED) throw failureOfEvent(frame.data);
    if (frame.kind === "done") return true;
    told.frame(frame);
  }
  return false;
}

/** @param {number} tries @param {Told} told @param {AbortSignal} signal */
async function broke(tries, told, signal) {
  told.connection(navigator.onLine ? "reconnecting" : "offline");
  if (navigator.onLine) await pause(backoff(tries - 1), signal);
  else await online(signal);
}

/** Count the seconds down, so that people see that something happens. @param {number} seconds @param {Told} told @param {AbortSignal} signal */
async function queue(seconds, told, signal) {
  for (let left = Math.min(30, Math.max(1, Math.ceil(seconds))); left > 0 && !signal.aborted; left -= 1) {
    told.queued(left);
    await pause(1000, signal);
  }
  told.queued(0);
}
