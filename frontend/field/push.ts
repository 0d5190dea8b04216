/**
 * Notes that arrive on the phone: for the app's service worker (push-worker.ts listens).
 *
 * What a note says is written in comms/connectors/push. The types name only what is used, so
 * that this file needs no library of a worker's types.
 */

/** What the server says. */
interface Note {
  id: string;
  subject: string;
  words: string;
  link: string;
  language: string;
}

export interface Shown {
  data: unknown;
  close(): void;
}

export interface Shower {
  showNotification(title: string, options: NotificationOptions): Promise<void>;
}

interface OpenPage {
  url: string;
  focus(): Promise<unknown>;
}

export interface Pages {
  matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>;
  openWindow(url: string): Promise<unknown>;
}

const INBOX = "/messages/";
const ICON = "/static/web/icon.svg";
// A browser that shows nothing for a note takes the permission away.
const UNREADABLE: Note = { id: "", subject: "Sen Hồng", words: "", link: INBOX, language: "vi" };

/** Show the note. The same one shown twice is one: its id is its tag. */
export async function onPush(
  data: { json(): unknown } | null,
  registration: Shower,
): Promise<void> {
  const note = noteIn(data) ?? UNREADABLE;
  await registration.showNotification(note.subject, {
    body: note.words,
    lang: note.language,
    tag: note.id || "senhong",
    icon: ICON,
    badge: ICON,
    data: { link: note.link || INBOX },
  });
}

/** Go where the note leads: to a page that is open there, or to a new one. */
export async function onNotificationClick(notification: Shown, pages: Pages): Promise<void> {
  notification.close();
  const link = linkOf(notification.data);
  const open = await pages.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find((page) => new URL(page.url).pathname === link);
  await (there ? there.focus() : pages.openWindow(link));
}

function noteIn(data: { json(): unknown } | null): Note | null {
  try {
    const said: unknown = data?.json();
    if (!isRecord(said) || typeof said["subject"] !== "string") return null;
    const text = (name: string): string => {
      const value = said[name];
      return typeof value === "string" ? value : "";
    };
    return {
      id: text("id"),
      subject: said["subject"],
      words: text("words"),
      link: pathIn(text("link")),
      language: text("language"),
    };
  } catch {
    return null;
  }
}

function linkOf(data: unknown): string {
  const link = isRecord(data) ? data["link"] : undefined;
  return (typeof link === "string" && pathIn(link)) || INBOX;
}

/** Only paths of ours: "//elsewhere" would lead away. */
function pathIn(link: string): string {
  return /^\/(?![/\\])/.test(link) ? link : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
