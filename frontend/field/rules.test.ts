import { expect, test } from "vitest";

import { clashes, coming, EMPTY, merge, running } from "./bundle";
import type { Sortie } from "./contract";
import { coarse } from "./helps";
import { aHelp } from "./make";
import type { Bundle } from "./model";
import { fresh } from "./outbox";
import { deviceName, secretIn } from "./people";
import { parse } from "./router";
import { fileOf } from "./share";
import { judged } from "./space";
import { tallyFor, tap, untap } from "./tally";
import { day, hours } from "./time";
import { byAddress, isShell, withoutCookies } from "./worker";

const NOW = Date.parse("2026-11-28T02:00:00Z");

function aSortie(facts: Partial<Sortie> = {}): Sortie {
  return {
    id: "s",
    kind: "sortie",
    name: "Chợ",
    state: "planned",
    team_ids: [],
    lead_team_id: "t",
    place: "",
    point: null,
    starts_at: "2026-11-28T01:00:00Z",
    ends_at: "2026-11-28T04:00:00Z",
    seats: null,
    taken: 0,
    waiting: 0,
    mine: null,
    may_lead: false,
    leader_name: "",
    ...facts,
  };
}

function aBundle(...sorties: Sortie[]): Bundle {
  const teams = [{ id: "t", name: "Tổ", unit_name: "Phường", role: "member" as const }];
  return { ...EMPTY, sorties, teams };
}

test("the running sortie is mine before my team's, and never a cancelled one", () => {
  const mine = aSortie({ id: "mine", lead_team_id: "other", mine: "confirmed" });
  const cancelled = aSortie({ id: "cancelled", mine: "present", state: "cancelled" });

  expect(running(aBundle(aSortie(), cancelled, mine), NOW)?.id).toBe("mine");
  expect(running(aBundle(aSortie(), cancelled), NOW)?.id).toBe("s");
  expect(running(aBundle(aSortie({ lead_team_id: "other" })), NOW)).toBeNull();
});

test("a sortie runs from an hour before until two hours after", () => {
  const sortie = aBundle(
    aSortie({ starts_at: "2026-11-28T03:00:00Z", ends_at: "2026-11-28T04:00:00Z" }),
  );

  expect(running(sortie, NOW)).not.toBeNull();
  expect(running(sortie, NOW - 1)).toBeNull();
  expect(running(sortie, Date.parse("2026-11-28T06:00:01Z"))).toBeNull();
  expect(coming(sortie, Date.parse("2026-11-28T05:00:00Z"))).toEqual([]);
});

test("a bundle replaces the sections that came and leaves the others", () => {
  const have = { ...aBundle(aSortie()), versions: { sorties: "1", services: "1" } };

  const merged = merge(have, {
    server_time: "",
    sections: { services: { version: "2", data: [] } },
  });

  expect(merged.sorties).toHaveLength(1);
  expect(merged.versions).toEqual({ sorties: "1", services: "2" });
});

test("places are known to a kilometre only", () => {
  expect(coarse(10.291_234, 105.765_678)).toEqual([10.29, 105.77]);
});

test("a tap is a new person; another service belongs to the last one", () => {
  const start = tallyFor(null, { team: "t", activity: null }, NOW);
  const one = tap(start, "vneid", false);
  const two = one && tap(one.tally, "other", true);
  if (!one || !two) throw new Error("no tap");

  expect(one.act).toMatchObject({
    services: ["vneid"],
    citizens: 1,
    same_people: false,
    team: "t",
  });
  expect(two.act).toMatchObject({
    services: ["other"],
    same_people: true,
    same_people_as: one.act.id,
  });
  expect(two.tally).toMatchObject({ people: 1, counts: { vneid: 1, other: 1 } });
  expect(untap(two.tally)).toMatchObject({ people: 1, counts: { vneid: 1, other: 0 } });
  expect(untap(one.tally)).toMatchObject({ people: 0, counts: { vneid: 0 } });
});

test("a tally goes on the same day at the same place, else it begins anew", () => {
  const place = { team: "t", activity: "a" };
  const kept = { ...tallyFor(null, place, NOW), people: 5 };

  expect(tallyFor(kept, place, NOW).people).toBe(5);
  expect(tallyFor(kept, { ...place, activity: null }, NOW).people).toBe(0);
  expect(tallyFor(kept, place, NOW + 24 * 3600 * 1000).people).toBe(0);
});

test("days and hours are those of the province", () => {
  expect(day("2026-11-27T18:00:00Z")).toBe("Thứ Bảy 28/11");
  expect(hours("2026-11-28T00:30:00Z", "2026-11-28T03:30:00Z")).toBe("07:30–10:30");
});

test("a one-time secret is found in what people paste", () => {
  expect(secretIn(" https://sen.example/field/open/aB-9_x12/ ")).toBe("aB-9_x12");
  expect(secretIn("https://sen.example/field/#link=aB-9_x12")).toBe("aB-9_x12");
  expect(secretIn("aB-9_x12")).toBe("aB-9_x12");
  expect(secretIn("xin chào")).toBeNull();
});

test("a device is called by its browser and system", () => {
  const agent =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";

  expect(deviceName(agent)).toBe("Chrome trên Android");
});

test("an address says the screen and what it is about", () => {
  expect(parse("")).toEqual({ name: "home", args: [] });
  expect(parse("#/log/same/x%20y")).toEqual({ name: "log", args: ["same", "x y"] });
  expect(parse("#/%E0%A4")).toEqual({ name: "%E0%A4", args: [] });
});

const PERSON = {
  user_id: "7",
  full_name: "",
  device_id: "d",
  token: null,
  keep_key: null,
  locked: null,
};

test("a file names the device, the person and what it holds", async () => {
  const [one, two] = [aHelp(), aHelp()];

  const file = fileOf(PERSON, [fresh(one, null), fresh(two, null)], "", new Date(NOW));

  expect(file.name).toBe("senhong-2026-11-28-2.json");
  expect(JSON.parse(await file.text())).toMatchObject({
    "senhong-acts": 1,
    person: "7",
    device: "d",
    acts: [one, two],
  });
});

test("a file names the account that two accounts became", async () => {
  const file = fileOf(PERSON, [], 12);

  expect(JSON.parse(await file.text())).toMatchObject({ person: "12" });
});

test("sorties at the same time and those close by are told apart", () => {
  const wanted = aSortie({ id: "wanted", starts_at: at("08:00"), ends_at: at("10:00") });
  const mine = (id: string, from: string, to: string, facts: Partial<Sortie> = {}): Sortie =>
    aSortie({ id, starts_at: at(from), ends_at: at(to), mine: "confirmed", ...facts });
  const known = aBundle(
    wanted,
    mine("over", "09:30", "11:00"),
    mine("queued", "07:00", "08:30", { mine: "waiting" }),
    mine("after", "10:00", "12:00"),
    mine("before", "06:00", "07:30"),
    mine("far", "11:00", "12:00"),
    mine("not-mine", "08:00", "10:00", { mine: null }),
    mine("cancelled", "08:00", "10:00", { state: "cancelled" }),
  );

  const { hard, soft } = clashes(known, wanted);

  expect(hard.map(({ id }) => id)).toEqual(["over", "queued"]);
  expect(soft.map(({ id }) => id)).toEqual(["after", "before"]);
});

function at(hour: string): string {
  return `2026-11-29T${hour}:00Z`;
}

test("space is low under 50 MB, or when nine tenths are used", () => {
  expect(judged(1e6, 1e9, true).isLow).toBe(false);
  expect(judged(96e6, 140e6, true).isLow).toBe(true);
  expect(judged(95e9, 100e9, true).isLow).toBe(true);
});

test("the worker answers for the app's own address only", () => {
  const at = (path: string): boolean => isShell(new URL(path, "https://sen.example"));

  expect(at("/field/")).toBe(true);
  expect(at("/field/?source=pwa")).toBe(true);
  expect(at("/field/?fresh")).toBe(false);
  expect(at("/field/open/abc/")).toBe(false);
  expect(at("/")).toBe(false);
});

test("the shell is asked for without cookies", () => {
  const request = withoutCookies(
    new Request("https://sen.example/field/", { credentials: "include" }),
  );

  expect(request.credentials).toBe("omit");
});

test("the shell is found by its address, whatever the browser says beside it", () => {
  const headers = { "Accept-Language": "vi-VN" };
  const request = byAddress(new Request("https://sen.example/field/?v=1", { headers }));

  expect(request.url).toBe("https://sen.example/field/?v=1");
  expect([...request.headers]).toEqual([]);
});
