/**
 * A button that copies a text: <button hidden data-copy="id of a field" data-copied="Đã chép">.
 *
 * Without this script the button stays hidden, and the field is there to be copied by hand.
 */

const SHOWN_MS = 2500;

export function addCopyButtons(page: Document, copy: (text: string) => Promise<void> = put): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const field = page.getElementById(button.dataset["copy"] ?? "");
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copied(button, field, copy));
  }
}

async function copied(
  button: HTMLButtonElement,
  field: HTMLInputElement | HTMLTextAreaElement,
  copy: (text: string) => Promise<void>,
): Promise<void> {
  try {
    await copy(field.value);
  } catch {
    field.select(); // an in-app browser may forbid it: then the text is at least selected
    return;
  }
  const label = button.textContent;
  button.textContent = button.dataset["copied"] ?? label;
  setTimeout(() => {
    button.textContent = label;
  }, SHOWN_MS);
}

async function put(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
