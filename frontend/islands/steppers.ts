/** A number that is tapped up and down: <input type="number" data-stepper data-less="…" data-more="…">. */

export function addSteppers(page: Document): void {
  for (const input of page.querySelectorAll<HTMLInputElement>("input[data-stepper]")) {
    addSteps(page, input);
  }
}

function addSteps(page: Document, input: HTMLInputElement): void {
  const box = page.createElement("div");
  box.className = "stepper";
  input.replaceWith(box);
  box.append(
    button(page, "−", input.dataset["less"], () => {
      input.stepDown();
    }),
    input,
    button(page, "+", input.dataset["more"], () => {
      input.stepUp();
    }),
  );
}

function button(
  page: Document,
  sign: string,
  label: string | undefined,
  step: () => void,
): HTMLButtonElement {
  const made = page.createElement("button");
  made.type = "button";
  made.className = "button button--plain";
  made.textContent = sign;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", step);
  return made;
}
