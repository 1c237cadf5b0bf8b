// Server-sent events, read from a fetch response: EventSource can send neither a token nor a body.

import { Failure } from "./failure.js";

const SILENCE = 40_000; // the server comments every 15 s; a stream silent for longer is dead

/**
 * The frames of a stream, in order.
 * @param {Response} response
 * @returns {AsyncGenerator<import("./types.js").Frame, void, void>}
 * @throws {Failure} network: the connection broke or fell silent
 */
export async function* framesOf(response) {
  if (!response.body) throw new Failure("network");
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader);
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const frame = frameOf(part);
        if (frame) yield frame;
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // also when the one who reads stops early
  }
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
async function withinSilence(reader) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const silence = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failure("network")), SILENCE);
  });
  try {
    return await /** @type {ReturnType<typeof reader.read>} */ (Promise.race([reader.read(), silence]));
  } catch {
    throw new Failure("network");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One block of lines as a frame; null for comments and for what can not be read.
 * @param {string} block
 * @returns {import("./types.js").Frame | null}
 */
export function frameOf(block) {
  let kind = "message";
  let id = null;
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") kind = value;
    else if (field === "id") id = Number(value) || null;
    else if (field === "data") data.push(value);
  }
  if (!data.length) return null;
  try {
    return { kind, id, data: JSON.parse(data.join("\n")) ?? {} };
  } catch {
    return null;
  }
}
