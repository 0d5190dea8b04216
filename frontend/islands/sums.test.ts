import { beforeEach, expect, test } from "vitest";

import { keepSums } from "./sums";

function type(value: string): void {
  const input = document.querySelector("input");
  if (!input) throw new Error("no input");
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function text(place: string): string {
  return document.querySelector(place)?.textContent ?? "";
}

beforeEach(() => {
  document.documentElement.lang = "vi";
  document.body.innerHTML = `
    <form data-sum data-whole="5000" data-even="Vừa đủ" data-missing="Còn thiếu {left}" data-over="Thừa {left}">
      <table><tr><td><input type="number" value="2000" data-sum-part data-sum-was="1800"></td><td data-sum-change></td></tr></table>
      <input type="number" value="3000" data-sum-part>
      <span data-sum-total>5.000</span><span data-sum-told>Vừa đủ</span>
    </form>`;
  keepSums(document);
});

test("what is missing is said while a number is typed", () => {
  type("500");

  expect(text("[data-sum-total]")).toBe("3.500");
  expect(text("[data-sum-told]")).toBe("Còn thiếu 1.500");
});

test("what is too much is said", () => {
  type("2001");

  expect(text("[data-sum-change]")).toBe("+201");
  expect(text("[data-sum-told]")).toBe("Thừa 1");
});

test("an empty field counts as nothing, and numbers that add up are said to", () => {
  type("");
  expect(text("[data-sum-told]")).toBe("Còn thiếu 2.000");

  type("2000");
  expect(text("[data-sum-told]")).toBe("Vừa đủ");
});
