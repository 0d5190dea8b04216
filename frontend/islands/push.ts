/**
 * Notes on this phone, turned on and off: <div data-push data-key="…" data-worker="…" …>.
 *
 * What stands in [data-push-without] is for browsers that cannot; all words are the page's.
 */

const SHOWN = "button button--big";

/** What of the browser is needed; null where a part of it is missing. */
export interface Phone {
  permission(): Promise<NotificationPermission>;
  current(): Promise<PushSubscription | null>;
  subscribe(key: Uint8Array<ArrayBuffer>): Promise<PushSubscription>;
}

/** Offer the button on a page that has a place for it. */
export async function offerPush(
  page: Document,
  phone: Phone | null = phoneOf(page),
): Promise<void> {
  const place = page.querySelector<HTMLElement>("[data-push]");
  if (!place || !phone) return;
  const button = page.createElement("button");
  button.type = "button";
  const said = page.createElement("p");
  said.setAttribute("role", "status");
  let subscription = await phone.current().catch(() => null);

  const show = (words = ""): void => {
    button.className = subscription ? `${SHOWN} button--plain` : SHOWN;
    button.textContent = place.dataset[subscription ? "off" : "on"] ?? "";
    button.disabled = false;
    said.textContent = words;
  };
  const change = async (): Promise<void> => {
    button.disabled = true;
    try {
      if (subscription) {
        await turnOff(place, subscription);
        subscription = null;
      } else if ((await phone.permission()) === "granted") {
        subscription = await turnOn(place, phone);
      } else {
        show(place.dataset["denied"]);
        return;
      }
      show();
    } catch {
      show(place.dataset["failed"]);
    }
  };
  button.addEventListener("click", () => void change());
  place.querySelector("[data-push-without]")?.remove();
  place.append(button, said);
  show();
}

async function turnOn(place: HTMLElement, phone: Phone): Promise<PushSubscription> {
  const made = await phone.subscribe(bytesOf(place.dataset["key"] ?? ""));
  const { endpoint, keys } = made.toJSON();
  const body = { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] };
  try {
    await tell(place, "POST", "", JSON.stringify(body));
  } catch (error) {
    await made.unsubscribe();
    throw error;
  }
  return made;
}

async function turnOff(place: HTMLElement, subscription: PushSubscription): Promise<void> {
  const { endpoint } = subscription;
  await tell(place, "DELETE", `?endpoint=${encodeURIComponent(endpoint)}`);
  await subscription.unsubscribe();
}

async function tell(
  place: HTMLElement,
  method: string,
  query: string,
  body?: string,
): Promise<void> {
  const token = place.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(`${place.dataset["api"] ?? ""}${query}`, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
}

/** A key as servers write it (base64url) as browsers want it. */
export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

function phoneOf(page: Document): Phone | null {
  const place = page.querySelector<HTMLElement>("[data-push]");
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!place || !able) return null;
  const { worker = "", scope = "/" } = place.dataset;
  return {
    permission: () => Notification.requestPermission(),
    current: async () => {
      const registered = await navigator.serviceWorker.getRegistration(scope);
      return (await registered?.pushManager.getSubscription()) ?? null;
    },
    subscribe: async (key) => {
      const registered = await navigator.serviceWorker.register(worker, { scope });
      await active(registered);
      return registered.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    },
  };
}

/** A worker takes notes once it is active; one that was just registered needs a moment. */
async function active(registered: ServiceWorkerRegistration): Promise<void> {
  const coming = registered.installing ?? registered.waiting;
  if (registered.active || !coming) return;
  await new Promise<void>((done, failed) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") done();
      if (coming.state === "redundant") failed(new Error("redundant"));
    });
  });
}
