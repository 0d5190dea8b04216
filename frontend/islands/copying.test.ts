import { beforeEach, expect, test, vi } from "vitest";

import { addCopyButtons } from "./copying";

function button(): HTMLButtonElement {
  const found = document.querySelector("button");
  if (!found) throw new Error("no button");
  return found;
}

beforeEach(() => {
  document.body.innerHTML = `<textarea id="text">Chợ Sa Đéc</textarea>
    <button hidden data-copy="text" data-copied="Đã chép">Chép</button>`;
});

test("a tap copies the text and says so", async () => {
  const copy = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  addCopyButtons(document, copy);
  expect(button().hidden).toBe(false);

  button().click();

  expect(copy).toHaveBeenCalledWith("Chợ Sa Đéc");
  await vi.waitFor(() => {
    expect(button().textContent).toBe("Đã chép");
  });
});

test("where copying is forbidden the text is selected", async () => {
  addCopyButtons(document, () => Promise.reject(new Error("no")));
  const field = document.querySelector("textarea");
  const select = vi.spyOn(field ?? new HTMLTextAreaElement(), "select");

  button().click();

  await vi.waitFor(() => {
    expect(select).toHaveBeenCalled();
  });
  expect(button().textContent).toBe("Chép");
});
