/**
 * Numbers as people type them: "0,5", "−0.5", "1/2", "1 1/2", "１２", "2,554", "5e-3".
 *
 * What can be read in two ways is not read at all: 1,250 is one and a quarter to some and twelve hundred and fifty to
 * others. The page itself writes a point before decimals and a comma between thousands (format.js). Not here: the fields
 * (widgets/number_field.js), nor which numbers are allowed where: that is the server's to say.
 */

/** @typedef {{ value: number } | { problem: "number.none" | "number.two_ways" | "number.whole", values: Record<string, string> }} Read */

/** What sets thousands apart, and the shape of a number in which it does. */
const GROUPED = /** @type {const} */ ([
  [" ", /^[1-9]\d{0,2}( \d{3})+([.,]\d*)?$/],
  ["'", /^[1-9]\d{0,2}('\d{3})+([.,]\d*)?$/],
  [",", /^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/],
  [".", /^[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/],
]);

/** How much of what was typed is repeated in a sentence. */
const MOST_REPEATED = 24;

/**
 * @param {string} text @param {{ whole?: boolean }} [kind] whether it has to be a whole number
 * @returns {Read} `problem` is the message that says what is wrong
 */
export function readNumber(text, { whole = false } = {}) {
  const typed = text.trim().slice(0, MOST_REPEATED) + (text.trim().length > MOST_REPEATED ? "…" : "");
  const [, sign, body] = /^([+-]?)(.*)$/s.exec(plain(text)) ?? ["", "", ""];
  const ways = bothWays(body, whole);
  if (ways) return { problem: "number.two_ways", values: { text: typed, one: sign + ways[0], other: sign + ways[1] } };
  const size = readFraction(body) ?? readDecimal(body, whole);
  if (!Number.isFinite(size)) return { problem: "number.none", values: { text: typed } };
  if (whole && !Number.isInteger(size)) return { problem: "number.whole", values: { text: typed } };
  // There is no minus nothing.
  return { value: sign === "-" && size !== 0 ? -size : size };
}

/** In the letters of ASCII: full width, signs of other hands, one kind of space. @param {string} text */
function plain(text) {
  return (
    text
      // 1½ is one and a half, not eleven halves.
      .replace(/[¼-¾⅐-⅞]/g, (sign) => ` ${sign.normalize("NFKC")}`)
      .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
      .replaceAll("。", ".")
      .replace(/[‐-―−﹣]/g, "-")
      .replace(/[⁄∕]/g, "/")
      .replace(/[‘’]/g, "'")
      .replace(/\s+/g, " ")
      .replace(/ ?\/ ?/g, "/")
      .trim()
      .replace(/^([+-]) /, "$1")
  );
}

/**
 * Both numbers that a text may mean: three digits after one comma may be decimals or thousands. Where a whole number is
 * wanted, a comma sets thousands apart, but "1.000" may be one.
 *
 * @param {string} text @param {boolean} whole @returns {[string, string] | null}
 */
function bothWays(text, whole) {
  const [, head, mark, tail] = /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(text) ?? [];
  const doubtful = whole ? mark === "." && tail === "000" : mark === ",";
  return doubtful ? [head + tail, String(Number(`${head}.${tail}`))] : null;
}

/** "3/4" or "1 3/4"; null for what is no fraction. @param {string} text */
function readFraction(text) {
  const parts = /^(?:(\d+) )?([^/]+)\/([^/]+)$/.exec(text);
  if (!parts) return null;
  const [, wholes, over, under] = parts;
  if (wholes && !/^\d+$/.test(over)) return Number.NaN;
  return Number(wholes ?? 0) + readDecimal(over, false) / readDecimal(under, false);
}

/** @param {string} text @param {boolean} whole @returns {number} NaN for nonsense */
function readDecimal(text, whole) {
  const [, digits, power = ""] = /^(.*?)(e[+-]?\d+)?$/i.exec(text) ?? ["", ""];
  const bare = ungrouped(digits, whole);
  return /^(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare + power) : Number.NaN;
}

/**
 * Without what sets thousands apart, and with a point before decimals; nonsense stays nonsense.
 *
 * @param {string} text @param {boolean} whole
 */
function ungrouped(text, whole) {
  const mark = GROUPED.find(([, shape]) => shape.test(text))?.[0];
  // One mark by itself stands before decimals; a whole number has none.
  const decimal = /^\d*[.,]\d*$/.test(text) && !(whole && mark === ",");
  return (mark && !decimal ? text.replaceAll(mark, "") : text).replace(",", ".");
}
