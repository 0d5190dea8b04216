import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { bytesOf, offerPush, type Phone } from "./push";

const ENDPOINT = "https://push.example/an?b";

let page: Document;
let permission: NotificationPermission;
let kept: PushSubscription | null;
let asked: { url: string; method: string | undefined; body: unknown; token: string | null }[];
let status: number;
let ended: number;

function aSubscription(): PushSubscription {
  return {
    endpoint: ENDPOINT,
    expirationTime: null,
    options: { applicationServerKey: null, userVisibleOnly: true },
    getKey: () => null,
    toJSON: () => ({ endpoint: ENDPOINT, keys: { p256dh: "P", auth: "A" } }),
    unsubscribe: () => {
      ended += 1;
      return Promise.resolve(true);
    },
  };
}

const phone: Phone = {
  permission: () => Promise.resolve(permission),
  current: () => Promise.resolve(kept),
  subscribe: () => Promise.resolve(aSubscription()),
};

beforeEach(() => {
  page = document.implementation.createHTMLDocument();
  page.body.innerHTML = `
    <div data-push data-key="AQID" data-api="/api/v1/field/push" data-on="Nhận" data-off="Thôi"
      data-denied="Đang chặn" data-failed="Chưa bật được">
      <input type="hidden" name="csrfmiddlewaretoken" value="token">
      <p data-push-without>Không nhận được</p>
    </div>`;
  permission = "granted";
  kept = null;
  asked = [];
  status = 201;
  ended = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit): Promise<Response> => {
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const token = new Headers(init.headers).get("X-CSRFToken");
    asked.push({ url, method: init.method, body, token });
    return Promise.resolve(new Response(null, { status }));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function text(selector: string): string | null | undefined {
  return page.querySelector(selector)?.textContent;
}

async function press(): Promise<void> {
  page.querySelector("button")?.click();
  await vi.waitFor(() => {
    expect(page.querySelector("button")?.disabled).toBe(false);
  });
}

test("turned on, the server is told where this phone is", async () => {
  await offerPush(page, phone);
  expect(text("button")).toBe("Nhận");

  await press();

  const body = { endpoint: ENDPOINT, p256dh: "P", auth: "A" };
  expect(asked).toEqual([{ url: "/api/v1/field/push", method: "POST", body, token: "token" }]);
  expect(text("button")).toBe("Thôi");
});

test("turned off, the server is told and the browser forgets", async () => {
  kept = aSubscription();
  status = 204;
  await offerPush(page, phone);

  await press();

  const url = `/api/v1/field/push?endpoint=${encodeURIComponent(ENDPOINT)}`;
  expect(asked).toEqual([{ url, method: "DELETE", body: undefined, token: "token" }]);
  expect(ended).toBe(1);
  expect(text("button")).toBe("Nhận");
});

test("who blocks notes is told how to let them in", async () => {
  permission = "denied";
  await offerPush(page, phone);

  await press();

  expect(text("[role=status]")).toBe("Đang chặn");
  expect(asked).toEqual([]);
});

test("a server that refuses leaves the phone as it was", async () => {
  status = 422;
  await offerPush(page, phone);

  await press();

  expect(text("[role=status]")).toBe("Chưa bật được");
  expect(ended).toBe(1);
  expect(text("button")).toBe("Nhận");
});

test("a browser that cannot keeps the words for it", async () => {
  await offerPush(page, null);

  expect(page.querySelector("button")).toBeNull();
  expect(text("[data-push-without]")).toBe("Không nhận được");
});

test("a key is read as servers write it", () => {
  expect([...bytesOf("AQID")]).toEqual([1, 2, 3]);
  expect([...bytesOf("-_8")]).toEqual([251, 255]);
});
