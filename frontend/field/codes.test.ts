import { expect, test } from "vitest";

import { toBase64 } from "./bytes";
import { codeOf, qrText, readQr, readTyped, stepAt } from "./codes";

const ACTIVITY = "0190a000-0000-7000-8000-0000000000a1";
const KEY = toBase64(new TextEncoder().encode("0123456789abcdef"));

test("the code is what the server makes of the same facts", async () => {
  // hmac.digest(b"0123456789abcdef", UUID(ACTIVITY).bytes + (59_000_000).to_bytes(8), "sha256")
  expect(await codeOf(KEY, ACTIVITY, 59_000_000)).toBe("A39AG9");
});

test("another step and another activity have another code", async () => {
  const code = await codeOf(KEY, ACTIVITY, 1);

  expect(await codeOf(KEY, ACTIVITY, 2)).not.toBe(code);
  expect(await codeOf(KEY, ACTIVITY.replace("a1", "a2"), 1)).not.toBe(code);
});

test("a step is half a minute", () => {
  expect(stepAt(59_999)).toBe(1);
  expect(stepAt(60_000)).toBe(2);
});

test("what is drawn is read again, and nothing else is", () => {
  const text = qrText(ACTIVITY, 59, "ABC234");

  expect(readQr(text)).toEqual({ activity: ACTIVITY, step: 59, code: "ABC234" });
  expect(readQr("https://example.org")).toBeNull();
  expect(readQr(text.replace("ABC234", "ABC0I1"))).toBeNull();
});

test("a typed code may be small, and parted by a space", () => {
  expect(readTyped("abc 234")).toBe("ABC234");
  expect(readTyped("abc 23")).toBeNull();
  expect(readTyped("abc 10o")).toBeNull();
});
