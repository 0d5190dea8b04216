/** The phone app: begins here. */

import styles from "./field.css?url";

import "./app";

/** The page of the server names the stylesheet; where it does not, the app brings it along. */
function addStyles(): void {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  const address = new URL(styles, location.href).href;
  if (links.some(({ href }) => href === address)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}

addStyles();
addEventListener("field-outdated", () => {
  location.reload();
});
if (!document.querySelector("sh-field")) document.body.append(document.createElement("sh-field"));
