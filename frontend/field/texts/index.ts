/** The words of the app, in the language of this phone. */

import { en } from "./en";
import { vi } from "./vi";

export type Language = "vi" | "en";
type Worded<Texts> = {
  [Key in keyof Texts]: Texts[Key] extends string
    ? string
    : Texts[Key] extends (...facts: infer Facts) => string
      ? (...facts: Facts) => string
      : Worded<Texts[Key]>;
};
export type Texts = Worded<typeof vi>;

const CATALOGUES: Record<Language, Texts> = { vi, en };

let spoken: Language = "vi";
export let t: Texts = vi;

export function language(): Language {
  return spoken;
}

export function setLanguage(chosen: Language): void {
  spoken = chosen;
  t = CATALOGUES[chosen];
  document.documentElement.lang = chosen;
}
