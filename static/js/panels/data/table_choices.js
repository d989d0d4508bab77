/**
 * What a reader can say about a table beside its columns, and what helps where it was refused. Pure.
 */

/** Encodings that people meet; the server knows more. */
const ENCODINGS = ["utf-8", "gb18030", "big5", "cp932", "euc_kr", "cp1252", "cp1250", "cp1251", "utf-16-le"];

/**
 * The questions that this table leaves open, each with what was decided.
 *
 * @param {TableAnswer} table @param {TableReply} reply @param {TableChoices} choices
 * @returns {{ name: keyof TableChoices, options: string[], value: string }[]}
 */
export function choicesOf(table, reply, choices) {
  const noted = new Set(table.notes.map(({ key }) => key));
  const open = [];
  const task = reply.knobs?.task ?? choices.task ?? table.tasks[0];
  if (table.tasks.length > 1)
    open.push({ name: /** @type {const} */ ("task"), options: table.tasks, value: String(task) });
  if (table.decimal === "comma" || choices.decimal || noted.has("note.thousands")) {
    open.push({
      name: /** @type {const} */ ("decimal"),
      options: ["point", "comma"],
      value: choices.decimal ?? table.decimal,
    });
  }
  if (noted.has("note.maybe_header") || choices.header || (table.form !== "arff" && !table.header)) {
    open.push({ name: /** @type {const} */ ("header"), options: ["yes", "no"], value: table.header ? "yes" : "no" });
  }
  if (noted.has("note.encoding") || choices.encoding) {
    const value = table.encoding;
    const options = ENCODINGS.includes(value) ? ENCODINGS : [...ENCODINGS, value];
    open.push({ name: /** @type {const} */ ("encoding"), options, value });
  }
  return open;
}

/**
 * What a refusal can be answered with.
 *
 * @param {TableReply} reply @returns {TableOffer[]}
 */
export function offersOf({ key, values = {}, path, table }) {
  const text = String(values.value ?? "");
  if (key === "refused.too_many_points") {
    return [{ key: "csv.offer_sample", values: { count: values.high }, choices: { sample: "yes" } }];
  }
  if (key === "refused.either_number") {
    // The mark of 1,234 is a comma: as a decimal mark it makes the small number, as one of thousands the large one.
    const [small, large] = text.includes(",") ? ["comma", "point"] : ["point", "comma"];
    return [
      { key: "csv.offer_small", values: { value: text, number: values.small }, choices: { decimal: small } },
      { key: "csv.offer_large", values: { value: text, number: values.large }, choices: { decimal: large } },
    ];
  }
  if (key === "refused.one_class_too_many" && table?.tasks.includes("regression")) {
    return [{ key: "csv.offer_values", values: {}, choices: { task: "regression" } }];
  }
  if (path === "encoding" || key === "refused.no_text" || key === "refused.not_in_encoding") {
    return ["gb18030", "big5", "cp1252"].map((encoding) => ({
      key: `csv.offer_${encoding}`,
      values: {},
      choices: { encoding },
    }));
  }
  return [];
}
