import { beforeEach, expect, test } from "vitest";

import { closeMenusOnLeaving } from "./menus";

const page = `
  <details data-menu open><summary>Danh mục</summary><a href="/indicators/">Chỉ tiêu đếm</a></details>
  <details id="other" open><summary>Bảng số liệu</summary></details>
  <button>Ngoài</button>`;

function menu(): HTMLDetailsElement {
  const found = document.querySelector<HTMLDetailsElement>("[data-menu]");
  if (!found) throw new Error("no menu");
  return found;
}

closeMenusOnLeaving(document);
beforeEach(() => {
  document.body.innerHTML = page;
});

test("a click elsewhere closes a menu and leaves other details open", () => {
  document.querySelector("button")?.click();

  expect(menu().open).toBe(false);
  expect(document.querySelector<HTMLDetailsElement>("#other")?.open).toBe(true);
});

test("a click inside keeps the menu open", () => {
  menu()
    .querySelector("a")
    ?.dispatchEvent(new MouseEvent("click", { bubbles: true }));

  expect(menu().open).toBe(true);
});

test("Escape closes the menu and gives the focus back to its name", () => {
  menu().querySelector("a")?.focus();

  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));

  expect(menu().open).toBe(false);
  expect(document.activeElement?.tagName).toBe("SUMMARY");
});
