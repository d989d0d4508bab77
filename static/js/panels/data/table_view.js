/**
 * A table as the server has read it: its first rows, which columns are x, y and the label, what was decided, a picture of
 * the points. What the reader says about it is handed on, nothing is decided here.
 */

import { sayServer } from "../../text/server_messages.js";
import { find, make, on, setAttribute, setText } from "../../widgets/dom.js";
import { choicesOf, offersOf } from "./table_choices.js";
import { nextRoles, ROLES } from "./table_columns.js";
import { TablePlot } from "./table_plot.js";

/** @typedef {ReturnType<typeof createFrame>} Frame */

/**
 * The elements of the dialog, each once.
 *
 * @param {Language} language
 */
export function createFrame(language) {
  const button = (/** @type {string} */ name, /** @type {string} */ traits = "") =>
    make("button", { class: `small-button ${traits}`, testid: `table-${name}`, text: language.say(`csv.${name}`) });
  const text = make("textarea", { testid: "table-text", label: language.say("csv.text") });
  Object.assign(text, { rows: 12, spellcheck: false, autocomplete: "off", placeholder: language.say("csv.example") });
  text.setAttribute("aria-describedby", "table-hint table-problem");
  const hint = make("p", { class: "table-hint", text: language.say("csv.hint") });
  hint.id = "table-hint";
  const problem = make("p", { class: "table-problem", testid: "table-problem", role: "alert" });
  problem.id = "table-problem";
  const [open, close, use] = [button("file"), button("close"), button("use", "main-button")];
  const file = make("input", { type: "file" });
  file.hidden = true;
  const parts = {
    source: make("p", { class: "table-source", testid: "table-source", role: "status" }),
    text,
    problem,
    offers: make("div", { class: "table-offers", testid: "table-offers" }),
    found: make("div", { class: "table-found", testid: "table-found" }),
    file,
    open,
    close,
    use,
  };
  const buttons = make("div", { class: "table-buttons" }, file, open, close, use);
  const body = make("div", { class: "table-body" }, hint, parts.source, text, problem, parts.offers, parts.found);
  return { ...parts, elements: [body, buttons] };
}

export class TableView {
  /** @param {Page} page @param {Frame} frame @param {(choices: TableChoices) => void} choose */
  constructor(page, frame, choose) {
    const { language } = page;
    this.page = page;
    this.offers = frame.offers;
    this.found = frame.found;
    this.choose = choose;
    this.question = make("p", { class: "table-question", testid: "table-question", role: "status" });
    this.menus = ROLES.map((role) => this.#createMenu(role));
    this.grid = make("table");
    this.rows = make("div", { class: "table-rows", role: "region", label: language.say("csv.rows") }, this.grid);
    this.rows.tabIndex = 0;
    this.plot = new TablePlot(page);
    this.options = make("div", { class: "table-options" });
    this.notes = make("ul", { class: "table-notes", testid: "table-notes", label: language.say("csv.notes") });
    const columns = make("div", { class: "table-columns" }, ...this.menus.map(({ element }) => element), this.options);
    const sides = make("div", { class: "table-read" }, this.rows, this.notes);
    this.found.append(this.question, columns, make("div", { class: "table-sides" }, sides, this.plot.element));
    this.clear();
  }

  clear() {
    this.found.hidden = true;
    this.offers.replaceChildren();
  }

  /** @param {TableReply | null} reply @param {TableChoices} choices */
  show(reply, choices) {
    const { catalog, language } = this.page;
    this.offers.replaceChildren(...(reply ? offersOf(reply) : []).map((offer) => this.#createOffer(offer)));
    const table = reply?.table;
    this.found.hidden = !table;
    if (!reply || !table) return;
    const asks = table.doubtful && table.chosen !== null;
    setText(this.question, asks ? language.say("csv.question", namesOf(table, table.chosen)) : "");
    for (const menu of this.menus) menu.show(table);
    this.#showRows(table);
    this.plot.show(reply, table);
    this.#showOptions(table, reply, choices);
    this.notes.replaceChildren(
      ...table.notes.map((said) => make("li", { text: sayServer({ language, catalog }, said) })),
    );
  }

  /** @param {TableOffer} offer */
  #createOffer({ key, values, choices }) {
    const button = make("button", {
      class: "small-button",
      testid: key.replace("csv.", ""),
      text: this.page.language.say(key, values),
    });
    on(button, "click", () => this.choose(choices));
    return button;
  }

  /** @param {TableRole} role */
  #createMenu(role) {
    const { language } = this.page;
    const menu = make("select", { testid: `table-${role}` });
    const badge = make("span", { class: `role role-${role}`, text: language.say(`csv.role_${role}`) });
    const element = make("label", { class: "table-column" }, badge, menu);
    /** @type {TableAnswer | null} */
    let shown = null;
    on(menu, "change", () => {
      if (shown) this.choose(nextRoles(shown, Number(menu.value), role));
    });
    const show = (/** @type {TableAnswer} */ table) => {
      shown = table;
      const chosen = table.chosen?.[role] ?? null;
      menu.replaceChildren(
        ...(chosen === null ? [make("option", { text: language.say("csv.choose") })] : []),
        ...table.columns.map((column, index) => {
          const option = make("option", {
            text: language.say("csv.column", { name: column.name, kind: this.#kindOf(column) }),
          });
          option.value = String(index);
          option.disabled = column.kind === "empty";
          return option;
        }),
      );
      menu.value = chosen === null ? language.say("csv.choose") : String(chosen);
    };
    return { element, show };
  }

  /** @param {TableColumn} column */
  #kindOf({ kind, distinct }) {
    return this.page.language.say(`csv.kind_${kind}`, { count: distinct });
  }

  /** @param {TableAnswer} table */
  #showRows(table) {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.column : undefined;
    const roles = table.columns.map((_, index) => ROLES.find((role) => table.chosen?.[role] === index) ?? null);
    const number = make("th", { class: "line", text: this.page.language.say("csv.line") });
    number.setAttribute("scope", "col");
    const heads = table.columns.map((column, index) => this.#createHead(table, column, index, roles[index]));
    const rows = table.preview.map((cells, row) => {
      const line = make("th", { class: "line", text: String(table.lines[row]) });
      line.setAttribute("scope", "row");
      const gaps = new Set(table.preview_gaps[row]);
      const unused = (/** @type {number} */ index) =>
        roles[index] === null && ["row_number", "constant", "empty"].includes(table.columns[index].kind);
      return make(
        "tr",
        {},
        line,
        ...cells.map((text, index) => {
          const gap = gaps.has(index);
          const names = [roles[index] && `is-${roles[index]}`, gap && "gap", unused(index) && "unused"];
          return make("td", { class: names.filter(Boolean).join(" "), text: gap && !text ? "–" : text });
        }),
      );
    });
    this.grid.replaceChildren(make("thead", {}, make("tr", {}, number, ...heads)), make("tbody", {}, ...rows));
    if (focused !== undefined) {
      const again = this.grid.querySelector(`[data-column="${focused}"]`);
      if (again instanceof HTMLElement) again.focus();
    }
  }

  /**
   * A column's name, which takes the next part when it is pressed: x, y, label.
   *
   * @param {TableAnswer} table @param {TableColumn} column @param {number} index @param {TableRole | null} role
   */
  #createHead(table, column, index, role) {
    const { language } = this.page;
    const head = make("th", { class: role ? `is-${role}` : "" });
    head.setAttribute("scope", "col");
    const button = make("button", { class: "column-head", title: column.name });
    button.dataset.column = String(index);
    button.dataset.testid = `column-${index}`;
    button.disabled = column.kind === "empty";
    if (role) button.append(make("span", { class: `role role-${role}`, text: language.say(`csv.badge_${role}`) }));
    button.append(
      make("span", { class: "column-name", text: column.name }),
      make("span", { class: "column-kind", text: this.#kindOf(column) }),
    );
    const part = language.say(role ? `csv.role_${role}` : "csv.role_none");
    setAttribute(
      button,
      "aria-label",
      language.say("csv.head", { name: column.name, kind: this.#kindOf(column), part }),
    );
    on(button, "click", () => this.choose(nextRoles(table, index)));
    head.append(button);
    return head;
  }

  /** @param {TableAnswer} table @param {TableReply} reply @param {TableChoices} choices */
  #showOptions(table, reply, choices) {
    const { language } = this.page;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.testid : undefined;
    this.options.replaceChildren(
      ...choicesOf(table, reply, choices).map(({ name, options, value }) => {
        const menu = make("select", { testid: `table-${name}` });
        menu.append(
          ...options.map((one) => {
            const option = make("option", { text: language.table[`csv.${name}_${one}`] ?? one.toUpperCase() });
            option.value = one;
            return option;
          }),
        );
        menu.value = value;
        on(menu, "change", () => this.choose({ [name]: menu.value }));
        return make("label", { class: "table-option" }, make("span", { text: language.say(`csv.${name}`) }), menu);
      }),
    );
    if (focused && this.options.querySelector(`[data-testid=${focused}]`)) {
      find(this.options, `[data-testid=${focused}]`).focus();
    }
  }
}

/** @param {TableAnswer} table @param {TableAnswer["chosen"]} chosen */
function namesOf({ columns }, chosen) {
  return Object.fromEntries(ROLES.map((role) => [role, chosen ? columns[chosen[role]].name : ""]));
}
