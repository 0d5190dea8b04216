/** Bytes as text and back. */

const ALL_AT_ONCE = 0x8000; // arguments that one call takes on every browser

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += ALL_AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(start, start + ALL_AT_ONCE));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

/** As keys of the Web's standards are written. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
}
