/** Addresses after the #: where one is, what it is about. */

export interface Route {
  name: string;
  args: string[];
}

export function parse(hash: string): Route {
  const [name = "", ...args] = hash.replace(/^#\/?/, "").split("/").map(decoded);
  return { name: name || "home", args };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The one-time secret of `#link=…`, taken out of the address bar and the history. */
export function takeLink(): string | null {
  const [, secret] = /^#link=([\w-]+)/.exec(location.hash) ?? [];
  if (secret === undefined) return null;
  history.replaceState(null, "", `${location.pathname}${location.search}#/`);
  return secret;
}

export function go(path: string): void {
  location.hash = `#/${path}`;
}

/** Go there without leaving a step to come back to. */
export function goInstead(path: string): void {
  location.replace(`#/${path}`);
}
