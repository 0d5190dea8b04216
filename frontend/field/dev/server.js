/**
 * A stand-in for the server, to develop and look at the phone app without one.
 *
 *   node frontend/field/dev/server.js [port]     then /field/, after `npm run build`
 *
 * It keeps what it is sent in memory, and answers as the contract says; it judges next to nothing.
 * /__dev/acts shows what arrived, /__dev/link?user=tinhnguyen makes a one-time link, POST /__dev/return
 * {id, words} returns a help, POST /__dev/forget signs every phone out.
 */

import { createHash, randomBytes } from "node:crypto";
import { readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";

import { messages, services, sorties, teams, people } from "./scene.js";

const DIST = new URL("../../../src/senhong/web/static/web/dist/", import.meta.url);
const STATIC = new URL("../../../src/senhong/web/", import.meta.url);
const TYPES = {
  js: "text/javascript",
  css: "text/css",
  png: "image/png",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};
const MOST_BYTES = 2_500_000;

const devices = new Map(); // token → {id, user}
const links = new Map(); // secret → user
const acts = new Map(); // id → {act, user}
const returned = new Map(); // id → {words, …}
const photos = new Map(); // id → {act, size_bytes, digest, bytes}
const scene = sorties(Date.now());
const told = messages(Date.now());

function shell() {
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", DIST), "utf-8"));
  const file = (name) => `/static/web/dist/${manifest[name].file}`;
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="Ghi lượt hỗ trợ, có mạng hay không.">
<title>Sen Hồng</title><meta name="theme-color" content="#c2255c"><meta name="csrf" content="dev">
<link rel="icon" href="/static/web/icon.svg"><link rel="manifest" href="/field/manifest.webmanifest">
<link rel="preload" as="font" type="font/woff2" crossorigin href="${file("frontend/fonts/be-vietnam-pro-400.woff2")}">
<link rel="preload" as="font" type="font/woff2" crossorigin href="${file("frontend/fonts/be-vietnam-pro-700.woff2")}">
<link rel="stylesheet" href="/static/web/dist/${manifest["frontend/field/main.ts"].css[0]}">
<script type="module" src="${file("frontend/field/main.ts")}"></script></head><body></body></html>`;
}

function webmanifest() {
  return {
    id: "/field/",
    start_url: "/field/",
    scope: "/field/",
    display: "standalone",
    lang: "vi",
    name: "Sen Hồng",
    short_name: "Sen Hồng",
    background_color: "#fbf9f6",
    theme_color: "#c2255c",
    icons: [{ src: "/static/web/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}

function meOf(user) {
  const mine = teams(user).map(({ id, name, unit_name, role }) => ({
    id,
    name,
    unit: unit_name,
    role,
  }));
  return {
    user_id: user,
    full_name: people[user].name,
    device_id: null,
    newcomer: people[user].newcomer ?? false,
    teams: mine,
  };
}

function sections(user) {
  const mine = teams(user);
  const mayLead = mine.some(({ role }) => role === "leader");
  return {
    me: meOf(user),
    teams: mine,
    sorties: scene.map((sortie) => sortieFor(sortie, user, mayLead)),
    services,
    returned: [...returned.values()]
      .filter((one) => one.user === user)
      .map((one) => ({ ...one, user: undefined })),
  };
}

function sortieFor({ people: known, key, ...sortie }, user, mayLead) {
  const mine = known[user] ?? null;
  const participants = Object.entries(known).map(([id, state]) => ({
    member_id: id,
    name: people[id].name,
    team_id: sortie.lead_team_id,
    state,
  }));
  const lead = mayLead ? { participants, check_in_key: key } : {};
  return { ...sortie, mine, may_lead: mayLead, ...lead };
}

function bundle(user, have) {
  const known = new Map(have.split(",").map((pair) => pair.split(":")));
  const changed = {};
  for (const [name, data] of Object.entries(sections(user))) {
    const version = createHash("sha1").update(JSON.stringify(data)).digest("hex").slice(0, 12);
    if (known.get(name) !== version) changed[name] = { version, data };
  }
  return { server_time: new Date().toISOString(), sections: changed };
}

function judge(act, user) {
  const answer = (result, code = "", detail = "") => ({ id: act.id, result, code, detail });
  const known = acts.get(act.id);
  if (known)
    return answer(
      JSON.stringify(known.act) === JSON.stringify(act) ? "already-recorded" : "conflict",
    );
  if (act.note?.includes("trả lại"))
    return answer(
      "returned",
      "given-before-activity",
      "Ngày ghi trước khi hoạt động bắt đầu. Hãy chọn lại hoạt động.",
    );
  if (act.answer === "sign-up" && !act.anyway && clash(act, user))
    return answer(
      "returned",
      "overlaps-other",
      `Trùng giờ với “${clash(act, user).name}”. Nếu vẫn muốn đăng ký thì hãy xác nhận.`,
    );
  if (act.note?.includes("giữ lại")) return answer("held", "unknown-service");
  acts.set(act.id, { act, user });
  follow(act, user);
  return answer("recorded");
}

function clash({ activity }, user) {
  const wanted = scene.find(({ id }) => id === activity);
  const isGoing = (one) => ["signed-up", "confirmed", "present"].includes(one.people[user]);
  return scene.find(
    (one) =>
      one !== wanted &&
      isGoing(one) &&
      one.starts_at < wanted.ends_at &&
      one.ends_at > wanted.starts_at,
  );
}

function follow(act, user) {
  const sortie = scene.find(({ id }) => id === act.activity);
  if (act.type === "correction") returned.delete(act.corrects);
  if (!sortie) return;
  if (act.type === "check-in") sortie.people[user] = "present";
  if (act.type === "activity") sortie.state = act.to;
  if (act.type === "attendance")
    sortie.people[act.member] = act.left ? "left" : act.present ? "present" : "signed-up";
  if (act.type === "sign-up")
    sortie.people[user] = { "sign-up": "signed-up", confirm: "confirmed", cancel: "cancelled" }[
      act.answer
    ];
}

/** One help counts its citizens once; people who were counted before are not counted again. */
function totals() {
  const helps = [...acts.values()].map(({ act }) => act).filter(({ type }) => type === "help");
  const counted = helps.filter(({ same_people }) => !same_people);
  return {
    acts: acts.size,
    helps: helps.length,
    citizens: counted.reduce((sum, { citizens }) => sum + citizens, 0),
  };
}

function photoAnswer(id) {
  const { bytes, size_bytes } = photos.get(id);
  return { id, received_bytes: bytes.length, done: bytes.length === size_bytes };
}

const ROUTES = [
  ["GET", /^\/field\/$/, () => html(shell())],
  [
    "GET",
    /^\/field\/sw\.js$/,
    () => raw(readFileSync(new URL("field-sw.js", DIST)), "text/javascript", "no-cache"),
  ],
  ["GET", /^\/field\/manifest\.webmanifest$/, () => json(200, webmanifest())],
  ["GET", /^\/static\/web\/([\w./-]+)$/, ({ match }) => file(match[1])],
  [
    "GET",
    /^\/accounts\/login\/$/,
    ({ url }) => html(loginPage(url.searchParams.get("next") ?? "/field/")),
  ],
  ["POST", /^\/accounts\/login\/$/, login],
  ["GET", /^\/$/, () => html("<!doctype html><title>Sen Hồng</title><main>Trang đầy đủ</main>")],
  ["POST", /^\/api\/v1\/field\/devices$/, addDevice],
  ["DELETE", /^\/api\/v1\/field\/devices\/([\w-]+)$/, removeDevice],
  ["GET", /^\/api\/v1\/field\/me$/, signedIn(({ user }) => json(200, meOf(user)))],
  [
    "GET",
    /^\/api\/v1\/field\/bundle$/,
    signedIn(({ user, url }) => json(200, bundle(user, url.searchParams.get("have") ?? ""))),
  ],
  ["GET", /^\/api\/v1\/field\/messages$/, signedIn(() => json(200, inbox()))],
  ["POST", /^\/api\/v1\/field\/messages\/([\w-]+)\/seen$/, signedIn(seen)],
  ["POST", /^\/api\/v1\/sync$/, signedIn(sync)],
  ["POST", /^\/api\/v1\/field\/photos$/, signedIn(beginPhoto)],
  ["PATCH", /^\/api\/v1\/field\/photos\/([\w-]+)$/, signedIn(addChunk)],
  [
    "GET",
    /^\/__dev\/acts$/,
    () =>
      json(200, {
        ...totals(),
        photos: [...photos.keys()].map(photoAnswer),
        all: [...acts.values()],
      }),
  ],
  [
    "GET",
    /^\/__dev\/link$/,
    ({ url }) => json(200, { secret: newLink(url.searchParams.get("user") ?? "tinhnguyen") }),
  ],
  ["POST", /^\/__dev\/return$/, giveBack],
  [
    "POST",
    /^\/__dev\/forget$/,
    () => {
      devices.clear();
      return json(200, {});
    },
  ],
];

function inbox() {
  const unseen = told.filter(({ seen_at }) => seen_at === null).length;
  return { items: told, unseen, next: null };
}

function seen({ match }) {
  const one = told.find(({ id, kind }) => id === match[1] && kind === "message");
  if (!one) return problem(404, "not-found", "");
  one.seen_at ??= new Date().toISOString();
  return json(200, one);
}

function newLink(user) {
  const secret = randomBytes(12).toString("hex");
  links.set(secret, user);
  return secret;
}

function giveBack({ body }) {
  const { id, words } = JSON.parse(body.toString());
  const { act, user } = acts.get(id);
  const { services: given, citizens, note, at, activity, team } = act;
  const help = {
    services: given,
    citizens,
    note,
    at,
    activity: activity ?? null,
    team: team ?? "",
  };
  returned.set(id, {
    id,
    user,
    help,
    code: "split",
    words,
    by_name: "Lê Bến Tràm",
    at: new Date().toISOString(),
  });
  return json(200, {});
}

function addDevice({ body, session }) {
  const { id, link } = JSON.parse(body.toString());
  const user = link === null ? session : links.get(link);
  if (!user)
    return problem(
      link === null ? 401 : 422,
      "link-spent",
      "Đường dẫn này đã được dùng. Hãy lấy đường dẫn mới.",
    );
  links.delete(link);
  const token = `sd_${randomBytes(24).toString("base64url")}`;
  devices.set(token, { id, user });
  const keep_key = createHash("sha256").update(`keep ${user}`).digest("base64");
  return json(201, {
    id,
    token,
    user_id: user,
    full_name: people[user].name,
    keep_key,
    earlier_keys: [],
  });
}

function removeDevice({ match }) {
  for (const [token, { id }] of devices) if (id === match[1]) devices.delete(token);
  return { status: 204 };
}

function sync({ body, user }) {
  try {
    const asked = JSON.parse(body.toString());
    return json(200, {
      results: asked.acts.map((act) => judge(act, user)),
      server_time: new Date().toISOString(),
    });
  } catch {
    return problem(400, "unreadable", "Không đọc được.");
  }
}

function beginPhoto({ body }) {
  const facts = JSON.parse(body.toString());
  const isNew = !photos.has(facts.id);
  if (isNew) photos.set(facts.id, { ...facts, bytes: Buffer.alloc(0) });
  return json(isNew ? 201 : 200, photoAnswer(facts.id));
}

function addChunk({ match, body, request }) {
  const photo = photos.get(match[1]);
  if (Number(request.headers["upload-offset"]) !== photo.bytes.length)
    return problem(409, "upload-offset", "", {
      received_bytes: String(photo.bytes.length),
    });
  photo.bytes = Buffer.concat([photo.bytes, body]);
  return json(200, photoAnswer(match[1]));
}

function login({ body }) {
  const form = new URLSearchParams(body.toString());
  const user = people[form.get("login")] ? form.get("login") : "tinhnguyen";
  return {
    status: 303,
    headers: { Location: form.get("next"), "Set-Cookie": `user=${user}; Path=/` },
  };
}

function loginPage(next) {
  return `<!doctype html><html lang="vi"><title>Đăng nhập</title><form method="post">
<input type="hidden" name="next" value="${next.replaceAll(/[^\w/#?=&-]/g, "")}">
<label>Tên đăng nhập <input name="login"></label><label>Mật khẩu <input name="password" type="password"></label>
<button>Đăng nhập</button></form>`;
}

function signedIn(answer) {
  return (asked) => (asked.user ? answer(asked) : problem(401, "signed-out", "Hãy đăng nhập lại."));
}

const raw = (body, type, cache = "no-store") => ({
  status: 200,
  body,
  headers: { "Content-Type": type, "Cache-Control": cache },
});
const html = (text) => raw(text, "text/html; charset=utf-8");
const json = (status, facts) => ({
  status,
  body: JSON.stringify(facts),
  headers: { "Content-Type": "application/json" },
});
const problem = (status, code, detail, params = {}) => ({
  ...json(status, { type: code, title: code, status, code, detail, params }),
  status,
});

function file(name) {
  const path = new URL(`static/web/${name}`, STATIC);
  if (!existsSync(path)) return problem(404, "not-found", "");
  return raw(
    readFileSync(path),
    TYPES[name.split(".").at(-1)] ?? "text/plain",
    "max-age=31536000, immutable",
  );
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  return request.headers["content-encoding"] === "gzip"
    ? gunzipSync(body, { maxOutputLength: MOST_BYTES })
    : body;
}

async function respond(request) {
  const url = new URL(request.url, "http://dev");
  for (const [method, pattern, answer] of ROUTES) {
    const match = method === request.method && pattern.exec(url.pathname);
    if (!match) continue;
    const session = /(?:^|; )user=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const user = token === undefined ? session : devices.get(token)?.user;
    return answer({ request, url, match, session, user, body: await read(request) });
  }
  return problem(404, "not-found", "Không có trang này.");
}

const port = Number(process.argv[2] ?? 8099);
createServer((request, response) => {
  respond(request)
    .catch((error) => problem(400, "unreadable", String(error)))
    .then(({ status, body, headers }) => response.writeHead(status, headers).end(body));
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/field/`));
