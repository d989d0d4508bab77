/**
 * A table of points, pasted, dropped or opened as a file. The server reads it and says what is wrong; the text stays
 * until it is right.
 *
 * Nothing is parsed here: the rules of nncore/points.py are the only ones.
 */

import { withOwn } from "../../model/config.js";
import { sayServer } from "../../text/server_messages.js";
import { byTestId, find, on, setText } from "../../widgets/dom.js";

/**
 * @param {Page} page
 * @returns {{ open: () => void, take: (file: File) => Promise<void> }} takes a file from anywhere on the page
 */
export function createTable({ actions, catalog, language, store }) {
  const dialog = find(document, "dialog.table", HTMLDialogElement);
  const text = find(dialog, "textarea", HTMLTextAreaElement);
  const problem = find(dialog, ".table-problem");
  const file = find(dialog, "input[type=file]", HTMLInputElement);

  const complain = (/** @type {string} */ sentence, /** @type {string} */ place) => {
    if (!dialog.open) dialog.showModal();
    setText(problem, sentence);
    const line = Number(/^line (\d+)$/.exec(place)?.[1]);
    text.focus();
    if (line) text.setSelectionRange(...linePlace(text.value, line));
  };
  const read = async () => {
    setText(problem, "");
    const reply = await ask(text.value).catch(() => null);
    if (!reply) return complain(language.say("csv.no_answer"), "");
    if (!reply.knobs) return complain(sayServer({ language, catalog }, reply), reply.path);
    actions.open(withOwn(store.state.config, reply.knobs, catalog));
    dialog.close();
  };
  const take = async (/** @type {File} */ table) => {
    text.value = await table.text();
    await read();
  };

  const open = () => {
    setText(problem, "");
    dialog.showModal();
    text.focus();
  };
  on(byTestId("table-use"), "click", read);
  on(byTestId("table-close"), "click", () => dialog.close());
  on(byTestId("table-file"), "click", () => file.click());
  on(file, "change", () => {
    if (file.files?.[0]) take(file.files[0]);
    // The same file, mended, is a choice again.
    file.value = "";
  });
  return { open, take };
}

/** @param {string} text */
async function ask(text) {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  const response = await fetch(new URL("api/points", document.baseURI), { method: "POST", body: text, headers });
  return response.json();
}

/**
 * Where a line begins and ends in what a text box holds: its lines end in one way only.
 *
 * @param {string} text @param {number} line @returns {[number, number]}
 */
export function linePlace(text, line) {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1] ?? "").length];
}
