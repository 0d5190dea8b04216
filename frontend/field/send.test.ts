/* eslint-disable @typescript-eslint/consistent-type-assertions -- this is the network edge, from the other side */
import { beforeEach, expect, test, vi } from "vitest";

import type { Act, Judged } from "./contract";
import { aDb, aHelp, aPhoto } from "./make";
import { counts, judge, onlyHere, release, save } from "./outbox";
import { sendAll } from "./send";

/** The other side: keeps what arrives, and can lose its answers. */
class Server {
  readonly acts = new Map<string, Act>();
  readonly photos = new Map<string, { bytes: number; size: number }>();
  readonly batches: number[] = [];
  down = false;
  loseAnswers = 0;
  failWith: number | null = null;
  poison: string | null = null;

  async answer(path: string, init: RequestInit): Promise<Response> {
    if (this.down) throw new TypeError("no network");
    if (this.failWith !== null) return json(this.failWith, { code: "x", detail: "Hỏng." });
    const answer = path.endsWith("/sync") ? await this.sync(init) : await this.photo(path, init);
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new TypeError("connection closed");
    }
    return answer;
  }

  async sync(init: RequestInit): Promise<Response> {
    const text = await unpacked(init);
    const { acts } = JSON.parse(text) as { acts: Act[] };
    if (this.poison !== null && text.includes(this.poison))
      return json(400, { code: "unreadable", detail: "Không đọc được." });
    this.batches.push(acts.length);
    const results = acts.map((act): Judged => {
      const result = this.acts.has(act.id) ? "already-recorded" : "recorded";
      this.acts.set(act.id, act);
      return { id: act.id, result, code: "", detail: "" };
    });
    return json(200, { results, server_time: "2026-11-28T02:00:00Z" });
  }

  async photo(path: string, init: RequestInit): Promise<Response> {
    if (init.method === "POST") {
      const { id, size_bytes: size } = JSON.parse(await unpacked(init)) as {
        id: string;
        size_bytes: number;
      };
      if (!this.photos.has(id)) this.photos.set(id, { bytes: 0, size });
      return this.photoState(id);
    }
    const id = path.split("/").at(-1) ?? "";
    const known = this.photos.get(id);
    const offset = Number(new Headers(init.headers).get("Upload-Offset"));
    if (!known || offset !== known.bytes)
      return json(409, {
        code: "upload-offset",
        detail: "",
        params: { received_bytes: String(known?.bytes ?? 0) },
      });
    known.bytes += (init.body as ArrayBuffer).byteLength;
    return this.photoState(id);
  }

  photoState(id: string): Response {
    const { bytes = 0, size = 0 } = this.photos.get(id) ?? {};
    return json(200, { id, received_bytes: bytes, done: bytes === size });
  }
}

async function unpacked(init: RequestInit): Promise<string> {
  if (new Headers(init.headers).get("Content-Encoding") !== "gzip")
    return new Response(init.body).text();
  const stream = new Response(init.body).body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function json(status: number, facts: object): Response {
  return new Response(JSON.stringify(facts), { status });
}

let server: Server;
beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => server.answer(path, init));
});

async function aDbWith(...acts: Act[]): ReturnType<typeof aDb> {
  const db = await aDb();
  await save(db, acts, 0);
  await release(db, 0);
  return db;
}

test("what waits arrives once, in batches the server takes", async () => {
  const helps = Array.from({ length: 160 }, () => aHelp());
  const db = await aDbWith(...helps);

  expect(await sendAll(db, "sd_x")).toBe("done");

  expect(server.acts.size).toBe(160);
  expect(Math.max(...server.batches)).toBeLessThanOrEqual(200);
  expect(await counts(db)).toMatchObject({ waiting: 0, sent: 160 });
});

test("a lost answer is asked for again, and nothing is counted twice", async () => {
  const db = await aDbWith(aHelp(), aHelp());
  server.loseAnswers = 1;

  expect(await sendAll(db, "sd_x")).toBe("offline");
  expect((await counts(db)).waiting).toBe(2);

  expect(await sendAll(db, "sd_x")).toBe("done");
  expect(server.acts.size).toBe(2);
  expect((await counts(db)).sent).toBe(2);
});

test.each([
  [401, "signed-out"],
  [500, "offline"],
  [503, "offline"],
  [429, "offline"],
  [403, "refused"],
] as const)("an answer %i leaves the acts here", async (status, outcome) => {
  const db = await aDbWith(aHelp());
  server.failWith = status;

  expect(await sendAll(db, "sd_x")).toBe(outcome);
  expect((await counts(db)).waiting).toBe(1);
});

test("without a network everything waits", async () => {
  const db = await aDbWith(aHelp());
  server.down = true;

  expect(await sendAll(db, "sd_x")).toBe("offline");
  expect((await counts(db)).waiting).toBe(1);
});

test("one act that cannot be read holds up none of the others", async () => {
  const poison = aHelp({ note: "độc" });
  const helps = Array.from({ length: 20 }, () => aHelp());
  const db = await aDbWith(...helps.slice(0, 10), poison, ...helps.slice(10));
  server.poison = "độc";

  expect(await sendAll(db, "sd_x")).toBe("done");

  expect(server.acts.size).toBe(20);
  expect(await db.get("acts", poison.id)).toMatchObject({
    state: "returned",
    words: "Không đọc được.",
  });
});

test("an answer that names none of the acts ends the round", async () => {
  const db = await aDbWith(aHelp());
  vi.stubGlobal("fetch", () =>
    Promise.resolve(json(200, { results: [], server_time: "2026-11-28T02:00:00Z" })),
  );

  expect(await sendAll(db, "sd_x")).toBe("refused");
});

test("a draft goes only when its time is over", async () => {
  const db = await aDb();
  await save(db, [aHelp()], Date.now() + 60_000);

  expect(await sendAll(db, "sd_x")).toBe("done");
  expect(server.acts.size).toBe(0);
});

test("pictures follow their help, in pieces, and go on where they broke off", async () => {
  const help = aHelp();
  const db = await aDbWith(help);
  const photo = aPhoto(help.id);
  await db.put("photos", photo);
  expect(await sendAll(db, "sd_x")).toBe("done");
  expect(server.photos.get(photo.id)).toEqual({ bytes: 300_000, size: 300_000 });
  expect(await db.get("photos", photo.id)).toMatchObject({
    state: "sent",
    received_bytes: 300_000,
  });

  const second = aPhoto(help.id);
  await db.put("photos", second);
  server.photos.set(second.id, { bytes: 131_072, size: 300_000 }); // its answer was lost
  expect(await sendAll(db, "sd_x")).toBe("done");
  expect(server.photos.get(second.id)?.bytes).toBe(300_000);
});

test("a picture waits while its help does", async () => {
  const help = aHelp();
  const db = await aDb();
  await save(db, [help], null, { photos: [aPhoto(help.id)] });

  await sendAll(db, "sd_x");

  expect(server.photos.size).toBe(0);
});

test("a picture of a help that the office looks at goes, too: there it waits for its help", async () => {
  const help = aHelp();
  const db = await aDbWith(help);
  await db.put("photos", aPhoto(help.id));
  await judge(db, [{ id: help.id, result: "held", code: "", detail: "" }]);

  expect(await sendAll(db, "sd_x")).toBe("done");
  expect(server.photos.size).toBe(1);
});

test("what is sealed at signing out has the helps of pictures that have not arrived", async () => {
  const [sent, done] = [aHelp(), aHelp()];
  const db = await aDbWith(sent, done);
  await db.put("photos", aPhoto(sent.id));
  await judge(db, [
    { id: sent.id, result: "recorded", code: "", detail: "" },
    { id: done.id, result: "recorded", code: "", detail: "" },
  ]);

  expect((await onlyHere(db)).map(({ id }) => id)).toEqual([sent.id]);
});
