/** Drawn signs, always beside words. */

import { svg, type TemplateResult } from "lit";

function sign(path: string): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}

export const icons = {
  back: sign("M15 5l-7 7 7 7"),
  more: sign("M9 5l7 7-7 7"),
  camera: sign("M4 8h3l2-3h6l2 3h3v11H4zM12 16.500a3.500 3.500 0 100-7 3.500 3.500 0 000 7z"),
  note: sign("M5 4h14v12l-4 4H5zM9 9h6M9 13h4"),
  place: sign(
    "M12 21s-7-6.500-7-11.500a7 7 0 0114 0C19 14.500 12 21 12 21zM12 12a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  ),
  clock: sign("M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2"),
  person: sign("M12 12a4 4 0 100-8 4 4 0 000 8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6"),
  people: sign(
    "M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM2.500 19c.8-3.500 3.300-5.500 6.500-5.500s5.700 2 6.500 5.500M16 4.500a3.500 3.500 0 010 6.500M18 14c2 .8 3 2.500 3.500 5",
  ),
  check: sign("M5 12.500l4.500 4.500L19 7.500"),
  book: sign("M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM5 17a3 3 0 013-3h11"),
  tally: sign("M5 5v14M9 5v14M13 5v14M17 5v14M3 16L20 8"),
  settings: sign(
    "M4 7h10M18 7h2M4 17h2M10 17h10M16 9.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5zM8 19.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  ),
  calendar: sign("M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"),
  send: sign("M12 19V6M6 11.500L12 5.500l6 6"),
  message: sign("M4 5h16v12H10l-5 4v-4H4zM8 9h8M8 13h5"),
  share: sign("M12 15V4M8 7.500L12 3.500l4 4M5 12v8h14v-8"),
  trash: sign("M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"),
  edit: sign("M5 19l1-4L16 5l3 3L9 18zM14 7l3 3"),
};
