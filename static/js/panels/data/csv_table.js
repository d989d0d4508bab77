/**
 * The dialog of a table of points, pasted, dropped or opened as a file: it is shown as the server reads it, before its
 * points are taken.
 *
 * Nothing is parsed here: the rules of nncore/tables are the only ones, and what is wrong stays until it is right. Not
 * here: how a table that was read is shown (table_view.js), where it comes from (table_source.js).
 */

import { chooseSpec, findSpec } from "../../model/catalog.js";
import { withOwn } from "../../model/config.js";
import { formatCount } from "../../text/format.js";
import { together } from "../../text/sentences.js";
import { sayServer } from "../../text/server_messages.js";
import { find, on, setText } from "../../widgets/dom.js";
import { bytesOf, decoded, linePlace, readPoints } from "./table_source.js";
import { createFrame, TableView } from "./table_view.js";

/** A person who types is not asked again after every letter. */
const PAUSE_MILLISECONDS = 500;

/**
 * @param {Page} page
 * @returns {{ open: () => void, take: (file: File, others: number) => Promise<void> }} takes a file from anywhere on the page
 */
export function createTable(page) {
  return new TableDialog(page);
}

class TableDialog {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.dialog = find(document, "dialog.table", HTMLDialogElement);
    this.frame = createFrame(page.language);
    this.dialog.append(...this.frame.elements);
    this.view = new TableView(page, this.frame, (choices) => this.#choose(choices));
    /** @type {Uint8Array<ArrayBuffer> | string} what is read: a file's bytes, or what stands in the text box */
    this.source = "";
    /** @type {TableChoices} what the reader has said of it */
    this.choices = {};
    /** @type {TableReply | null} */
    this.reply = null;
    /** Whether the reply is of what stands there now. */
    this.settled = true;
    /** @type {string[]} what there is to say of the file */
    this.told = [];
    this.timer = 0;
    /** @type {AbortController | null} */
    this.reading = null;
    this.#listen();
  }

  open() {
    this.#forget();
    this.frame.text.value = "";
    this.frame.text.hidden = false;
    this.dialog.showModal();
    this.frame.text.focus();
  }

  /** @param {File} file @param {number} others that came with it and are not taken */
  async take(file, others) {
    const { language } = this.page;
    const most = this.page.catalog.limits.table_bytes;
    if (!this.dialog.open) this.dialog.showModal();
    this.#forget();
    this.frame.text.value = "";
    // What it holds comes with the answer, in the encoding that the server finds.
    this.frame.text.hidden = true;
    this.told = [language.say("csv.file_name", { name: file.name })];
    if (others > 0) this.told.push(language.say("csv.others", { count: formatCount(others) }));
    this.#tell("csv.reading");
    const problem = await bytesOf(file, most).then(
      (bytes) => {
        this.source = bytes;
        return null;
      },
      (/** @type {Error} */ error) => error.message,
    );
    if (problem) {
      const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1).replace(/\.0$/, "");
      const sizes = { size: megabytes(file.size), limit: megabytes(most) };
      this.#tell();
      return this.#complain(language.say(problem, { name: file.name, ...sizes }));
    }
    await this.#read();
    this.#point();
  }

  /** Everything of the table before. */
  #forget() {
    this.reading?.abort();
    clearTimeout(this.timer);
    this.source = "";
    this.choices = {};
    this.reply = null;
    this.settled = true;
    this.told = [];
    this.#tell();
    this.#complain("");
    this.view.clear();
    this.dialog.classList.remove("found");
  }

  /** @param {string} [key] what there is to say beside the file's name @param {Record<string, string>} [values] */
  #tell(key, values) {
    const more = key ? [this.page.language.say(key, values)] : [];
    setText(this.frame.source, together([...this.told, ...more]));
  }

  /** @param {string} sentence */
  #complain(sentence) {
    setText(this.frame.problem, sentence);
  }

  /** @param {TableChoices} choices */
  #choose(choices) {
    this.choices = { ...this.choices, ...choices };
    void this.#read();
  }

  async #read() {
    const { catalog, language } = this.page;
    this.reading?.abort();
    clearTimeout(this.timer);
    const reading = new AbortController();
    this.reading = reading;
    this.settled = false;
    this.dialog.setAttribute("aria-busy", "true");
    const reply = await readPoints(this.source, this.choices, reading.signal).catch(() => null);
    if (reading.signal.aborted) return;
    this.settled = true;
    this.reply = reply;
    this.dialog.removeAttribute("aria-busy");
    this.#showText(reply);
    const { rows = 0, columns = [] } = reply?.table ?? {};
    const counts = { rows: formatCount(rows), columns: formatCount(columns.length) };
    this.#tell(reply?.table && "csv.summary", counts);
    this.view.show(reply, this.choices);
    this.dialog.classList.toggle("found", Boolean(reply?.table));
    if (!reply) this.#complain(language.say("csv.no_answer"));
    else this.#complain(reply.knobs ? "" : begun(sayServer({ language, catalog }, /** @type {Said} */ (reply))));
  }

  /** A file's text can be mended, where it is text. @param {TableReply | null} reply */
  #showText(reply) {
    if (typeof this.source === "string") return;
    const { text } = this.frame;
    const shown = decoded(this.source, this.choices.encoding ?? reply?.table?.encoding ?? "utf-8");
    text.hidden = shown === null;
    if (shown !== null && text.value !== shown) text.value = shown;
  }

  /** Leads to what is next: the points, what helps, the line that is wrong. */
  #point() {
    const { text, offers, use } = this.frame;
    const line = Number(/^line (\d+)$/.exec(this.reply?.path ?? "")?.[1]);
    const help = offers.querySelector("button");
    if (this.reply?.knobs) use.focus();
    else if (help) help.focus();
    else if (!text.hidden) text.focus();
    if (!line || text.hidden || help) return;
    text.setSelectionRange(...linePlace(text.value, line));
    // A selection does not scroll by itself.
    const lines = text.value.split("\n").length;
    text.scrollTop = (text.scrollHeight * (line - 1)) / lines - text.clientHeight / 2;
  }

  /** The points are taken once their table has been seen: a choice that is a mere guess is shown first. */
  async #use() {
    const { actions, catalog, language, store } = this.page;
    const seen = this.settled;
    if (!this.settled) await this.#read();
    if (this.source === "") return this.#complain(language.say("csv.empty"));
    const { knobs, table } = this.reply ?? {};
    if (!knobs) return this.#point();
    if (!seen && table?.doubtful) return this.#point();
    const { config } = store.state;
    // What an earlier table has said of itself ends with it.
    const share = config.data.train_share < 1 ? config.data.train_share : catalog.default.data.train_share;
    const usual = chooseSpec(findSpec(catalog, "datasets", "own"));
    actions.open(withOwn(config, { ...usual, train_share: share, ...knobs }, catalog));
    this.dialog.close();
  }

  #listen() {
    const { text, use, close, file, open } = this.frame;
    on(text, "input", (event) => {
      const pasted = event instanceof InputEvent && event.inputType === "insertFromPaste" && this.source === "";
      this.source = text.value;
      this.settled = false;
      this.reading?.abort();
      clearTimeout(this.timer);
      if (text.value.trim() === "") this.#forget();
      else this.timer = window.setTimeout(() => this.#read(), pasted ? 0 : PAUSE_MILLISECONDS);
    });
    on(use, "click", () => this.#use());
    on(close, "click", () => this.dialog.close());
    on(this.dialog, "close", () => this.reading?.abort());
    on(open, "click", () => file.click());
    on(file, "change", () => {
      const [first, ...others] = file.files ?? [];
      if (first) void this.take(first, others.length);
      // The same file, mended, is a choice again.
      file.value = "";
    });
  }
}

/** What the server says without a place begins like the rest of a sentence. @param {string} sentence */
function begun(sentence) {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}
