/** Ids that the phone makes: UUID version 7 (RFC 9562, section 5.7), in the order they were made. */

let lastMs = 0;
let counter = 0;

/** A new id. Two of the same millisecond keep their order: 12 bits count on. */
export function uuid7(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  if (now > lastMs) {
    lastMs = now;
    counter = view.getUint16(6) & 0x7ff; // room to count on
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  view.setUint16(0, Math.floor(lastMs / 2 ** 32));
  view.setUint32(2, lastMs % 2 ** 32);
  view.setUint16(6, 0x7000 | counter);
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  return shown(bytes);
}

/** The next ids come after this one, also where the clock was put back meanwhile. */
export function goOnFrom(id: string): void {
  const ms = parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  if (ms < lastMs) return;
  lastMs = ms;
  counter = 0xfff;
}

function shown(bytes: Uint8Array): string {
  const hex = toHex(bytes);
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, place) => hex.slice(cuts[place], end))
    .join("-");
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function uuidBytes(id: string): Uint8Array<ArrayBuffer> {
  const pairs = id.replaceAll("-", "").match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}
