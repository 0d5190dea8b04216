import { beforeEach, expect, test, vi } from "vitest";

import { changeSortie, read, refresh } from "./bundle";
import type { Sortie } from "./contract";
import { aDb } from "./make";

let version = "1";
let onAsk: (asked: string) => Promise<unknown> = () => Promise.resolve();
let status = 200;

function sortie(facts: Partial<Sortie>): Partial<Sortie> {
  return { id: "s", mine: null, state: "planned", ...facts };
}

beforeEach(() => {
  version = "1";
  status = 200;
  onAsk = () => Promise.resolve();
  vi.stubGlobal("fetch", async (path: string) => {
    await onAsk(path);
    const sections = { sorties: { version, data: [sortie({ name: `as of ${version}` })] } };
    const body = status === 200 ? { server_time: "", sections } : { code: "not-signed-in" };
    return new Response(JSON.stringify(body), { status });
  });
});

test("an answer that was on its way does not undo what was done here meanwhile", async () => {
  const db = await aDb();
  await refresh(db, "sd_x");
  version = "2";
  onAsk = () => changeSortie(db, "s", (one) => ({ ...one, mine: "signed-up" }));

  await refresh(db, "sd_x");
  expect((await read(db)).sorties[0]).toMatchObject({ mine: "signed-up" });

  let asked = "";
  onAsk = (path) => Promise.resolve((asked = path));
  await refresh(db, "sd_x"); // the server's own word replaces it
  expect(asked).not.toContain("sorties%3A1");
  expect((await read(db)).sorties[0]).toMatchObject({ mine: null, name: "as of 2" });
});

test("a phone with nothing to send hears, too, that it was signed out", async () => {
  const db = await aDb();
  status = 401;

  expect(await refresh(db, "sd_x")).toBe("signed-out");
});
