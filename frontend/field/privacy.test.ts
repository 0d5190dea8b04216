import { expect, test } from "vitest";

import { hasPersonalNumber } from "./privacy";

// The same lists as in activities/tests/test_asking.py.
const PERSONAL = [
  "087203001234",
  "CCCD: 087 203 001 234",
  "số 0872-0300-1234",
  "0912345678",
  "0912 345 678",
  "0912.345.678",
  "+84 912 345 678",
  "84912345678",
  "(+84) 912345678",
  "02773 851 234",
  "gọi 09 1234 5678 nhé",
  "087 201 012345",
  "0872 01012345",
  "0123456789",
  "0912/345/678",
  "0912,345,678",
  "0912_345_678",
  "0912\u200b345\u2060678",
  "+84.912.345.678",
  "0912  345  678",
  "+84 (0)912 345 678",
];
const HARMLESS = [
  "",
  "Giúp 12 người ở chợ",
  "Ngày 05.03.2023, 14 giờ",
  "15/03/2023 – 20/03/2023",
  "2.000.000 đồng",
  "Từ 7h30 đến 10h30, 3 bàn",
  "Hộp thư 1900",
  "Mã hồ sơ 2023-0315",
  "15.964 lượt",
  "05/03/2023 07:30",
  "07:30 - 10:30",
  "300-KH/TĐTN-PT",
  "01/2023-05/2023",
  "84.500.000.000 đồng",
  "100.000.000.000 đồng",
  "000.00.01.H20-230315-0001",
  "05/03 - 07/03 - 09/03",
  "ngày 05, 06, 07, 08, 09 và 10",
];

test.each(PERSONAL)("a number of a person is found: %s", (text) => {
  expect(hasPersonalNumber(text)).toBe(true);
});

test.each(HARMLESS)("another number is no mistake: %s", (text) => {
  expect(hasPersonalNumber(text)).toBe(false);
});
