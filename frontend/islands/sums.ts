/**
 * Numbers that must add up: <form data-sum data-whole="…" data-even data-missing data-over>.
 * While one of its [data-sum-part] inputs is typed, [data-sum-total] and [data-sum-told] follow, and
 * in its row [data-sum-change], the difference to data-sum-was.
 */

export function keepSums(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-sum]")) {
    form.addEventListener("input", () => {
      tell(form);
    });
  }
}

function tell(form: HTMLFormElement): void {
  const parts = form.querySelectorAll<HTMLInputElement>("[data-sum-part]");
  if (parts.length === 0) return;
  let total = 0;
  for (const part of parts) {
    const value = Number(part.value) || 0;
    total += value;
    const row = part.closest("tr");
    if (row) write(row, "[data-sum-change]", changed(value - Number(part.dataset["sumWas"])));
  }
  write(form, "[data-sum-total]", shown(total));
  write(form, "[data-sum-told]", words(form, Number(form.dataset["whole"]) - total));
}

function words(form: HTMLFormElement, left: number): string {
  if (left === 0) return form.dataset["even"] ?? "";
  const said = left > 0 ? form.dataset["missing"] : form.dataset["over"];
  return (said ?? "").replace("{left}", shown(Math.abs(left)));
}

function changed(by: number): string {
  if (by === 0) return "–";
  return (by > 0 ? "+" : "") + shown(by);
}

function shown(value: number): string {
  return new Intl.NumberFormat(document.documentElement.lang || "vi").format(value);
}

function write(around: Element, place: string, text: string): void {
  const found = around.querySelector(place);
  if (found && found.textContent !== text) found.textContent = text;
}
