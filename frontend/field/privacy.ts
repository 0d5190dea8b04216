/**
 * Finds numbers of persons in what people typed: the same rule as `activities/privacy.py`,
 * at once and without a network. The server's word holds.
 */

const MOST_DIGITS = 13; // 84, then a number with its 0
const ALONE = "(?!\\d|[./,_-]\\d)";

interface Rules {
  harmless: RegExp[]; // dates, months, days, hours
  amount: RegExp; // prices and counts with their dots
}

let rules: Rules | null | undefined;

/** Made when first needed: an old Safari knows no looking back, and must still open the app. */
function theRules(): Rules | null {
  if (rules === undefined) {
    try {
      rules = makeRules();
    } catch {
      rules = null;
    }
  }
  return rules;
}

function makeRules(): Rules {
  return {
    harmless: [
      `(?<!\\d)[0-3]?\\d[./-][01]?\\d[./-](?:19|20)\\d\\d${ALONE}`,
      `(?<![\\d./])[01]?\\d/(?:19|20)\\d\\d${ALONE}`,
      `(?<![\\d./])[0-3]?\\d/[01]?\\d${ALONE}`,
      "(?<!\\d)\\d{1,2}:\\d\\d(?!\\d)",
    ].map((pattern) => new RegExp(pattern, "g")),
    amount: new RegExp(
      "(?<![\\d+])(?<!\\d[ ./,_-])[1-9]\\d{0,2}(?:\\.\\d{3})+(?=\\s*(?:đồng|vnđ|vnd|đ(?![\\p{L}\\d_])|lượt|người))" +
        "|(?<![\\d+])(?<!\\d[ ./,_-])(?!84)[1-9]\\d{0,2}([.,])\\d{3}(?:\\1\\d{3})*(?![.,]?\\d)",
      "giu",
    ),
  };
}

const RUN = /\d+(?:(?:[./_,-]|[ ()]{1,3})\d+)*/g;

/** Whether a text holds what looks like an identity or a telephone number. */
export function hasPersonalNumber(text: string): boolean {
  const known = theRules();
  if (!known) return false;
  let plain = text.replace(/\p{Cf}/gu, "").normalize("NFKC");
  for (const harmless of known.harmless) plain = plain.replace(harmless, " ; ");
  plain = plain.replace(/ ?([./_-]) ?/g, "$1").replace(known.amount, " ; ");
  return (plain.match(RUN) ?? []).some((run) => joined(run).some(isPersonal));
}

/** What neighbouring groups say together, from each group to each later one. */
function joined(run: string): string[] {
  const groups = run.match(/\d+/g) ?? [];
  return groups.flatMap((_, first) => {
    const said: string[] = [];
    let digits = "";
    for (const group of groups.slice(first)) {
      digits += group;
      if (digits.length > MOST_DIGITS) break;
      said.push(digits);
    }
    return said;
  });
}

/** Twelve digits from 0 on are an identity; 0 or 84 begins a telephone number. */
function isPersonal(digits: string): boolean {
  if (digits.startsWith("0") && digits.length === 12) return true;
  if (!digits.startsWith("0") && !digits.startsWith("84")) return false;
  const number = digits.startsWith("84") ? digits.slice(2).replace(/^0/, "") : digits.slice(1);
  return !number.startsWith("0") && (number.length === 9 || number.length === 10);
}
