/** A menu is a <details data-menu>: it opens without us; here it also closes by itself. */

export function closeMenusOnLeaving(page: Document): void {
  page.addEventListener("click", (event) => {
    closeExcept(page, event.target);
  });
  page.addEventListener("focusin", (event) => {
    closeExcept(page, event.target);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus(page)) {
      const heldFocus = menu.contains(page.activeElement);
      menu.open = false;
      if (heldFocus) menu.querySelector("summary")?.focus();
    }
  });
}

function closeExcept(page: Document, target: EventTarget | null): void {
  for (const menu of openMenus(page)) {
    if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  }
}

function openMenus(page: Document): Iterable<HTMLDetailsElement> {
  return page.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");
}
