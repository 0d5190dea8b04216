/** The phone app: begins here. */

import "./app";

addEventListener("field-outdated", () => {
  location.reload();
});
if (!document.querySelector("sh-field")) document.body.append(document.createElement("sh-field"));
