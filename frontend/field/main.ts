/** The phone app: begins here. */

import "./field.css";

import "./app";

addEventListener("field-outdated", () => {
  location.reload();
});
const app = document.createElement("sh-field");
const place = document.querySelector("#app"); // where the page says that it is opening
if (place) place.replaceWith(app);
else document.body.append(app);
