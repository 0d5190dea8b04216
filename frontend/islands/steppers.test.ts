import { beforeEach, expect, test } from "vitest";

import { addSteppers } from "./steppers";

function input(): HTMLInputElement {
  const found = document.querySelector("input");
  if (!found) throw new Error("no input");
  return found;
}

function press(label: string): void {
  document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)?.click();
}

beforeEach(() => {
  document.body.innerHTML = `<input type="number" id="people" min="1" max="3" value="1"
    data-stepper data-less="Bớt một" data-more="Thêm một">`;
  addSteppers(document);
});

test("a tap adds one or takes one away", () => {
  press("Thêm một");
  expect(input().value).toBe("2");

  press("Bớt một");
  expect(input().value).toBe("1");
});

test("the number stays within its limits", () => {
  press("Bớt một");
  expect(input().value).toBe("1");

  for (let taps = 0; taps < 5; taps += 1) press("Thêm một");
  expect(input().value).toBe("3");
});

test("the buttons do not send the form", () => {
  for (const button of document.querySelectorAll("button")) expect(button.type).toBe("button");
});
