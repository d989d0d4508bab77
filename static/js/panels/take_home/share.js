/**
 * The share panel: the link of what is shown and its QR code, snippets for other people's pages and slides, pictures.
 *
 * One press copies; where that is not allowed the text is selected for the hand. The link is made by page/address.js, all
 * else by the server (app/web/snippets.py). A tick makes everything open at the present epoch, where that can be
 * replayed: where nothing was changed on the way, and where it is not further than the server goes. What no link holds is
 * offered as files instead: points as a table, the run as a model.
 */

import { isThisMachine } from "../../live/inbox.js";
import { tableFile } from "../../model/table_file.js";
import { formatCount } from "../../text/format.js";
import { cut } from "../../text/link.js";
import { sayServer } from "../../text/server_messages.js";
import { byTestId, find, make, on, setText } from "../../widgets/dom.js";
import { nameOf, stemOf } from "./export.js";
import { createStudents } from "./students.js";

/**
 * @typedef {{ copy: (text: string) => Promise<void>, fetch: typeof fetch, save: (content: Blob, name: string) => void,
 *   checkpoint: () => Promise<ArrayBuffer | null> }} Services
 */

/** What can be copied, from the top, and the end of its file's name where it is a picture's address. */
export const OFFERS = /** @type {Record<string, string>} */ ({
  ...{ link: "", iframe: "", element: "", reveal: "", quarto: "" },
  ...{ poster: ".png", training: ".gif" },
});

/**
 * @param {Page} page
 * @param {Services} services
 * @param {{ offers?: Record<string, string>, parts?: boolean }} [more] what can be copied; whether parts may be hidden
 */
export function createShare(page, services, { offers = OFFERS, parts = true } = {}) {
  const { address, language, store } = page;
  const drawer = find(document, ".share", HTMLDetailsElement);
  const tick = byTestId("link-epochs", HTMLInputElement);
  const [name, said, code, local] = ["epoch", "said", "code", "local"].map((one) => find(drawer, `.share-${one}`));
  const picture = find(code, "img");
  const say = (/** @type {string} */ sentence) => setText(said, sentence);
  const files = createFiles(page, services, say);
  const rows = Object.entries(offers).map(([what, ending]) => createRow(page, services, what, ending, say));
  let epochs = 0;
  const made = () => {
    const link = address.href(tick.checked ? epochs : 0);
    return link && students.apply(link);
  };

  /** @param {{ [what: string]: string }} texts @param {boolean} [all] there is nothing else to come */
  const show = (texts, all = false) => {
    for (const { what, offer } of rows) offer(texts[what] ?? "");
    for (const { what, row } of rows) row.hidden = !texts.link || (all && !texts[what]);
    files.hidden = Boolean(texts.link);
    students.element.hidden = !texts.link || !parts;
    tick.hidden = name.hidden = !texts.link;
    code.hidden = !texts.code;
    if (code.hidden) return;
    code.setAttribute("href", texts.code);
    picture.setAttribute("src", texts.code);
  };
  const offer = async () => {
    const link = made();
    show(link === null ? {} : { link });
    say(link === null ? whyNoLink(page) : "");
    local.hidden = true;
    if (link === null) return;
    local.hidden = !isThisMachine(new URL(link).hostname);
    try {
      // Points behind a # are no server's; where they belong is known without them.
      const [query, behind] = cut(link);
      const [, start] = behind.match(/^(#[^=]+=)/) ?? ["", ""];
      const response = await fetchOffer(page, services, `api/share?url=${asValue(query + start)}`);
      const text = await response.text();
      const texts = JSON.parse(start ? text.replaceAll(start, behind) : text);
      // Unless something else is offered by now.
      if (link !== made()) return;
      show({ link, ...texts }, Boolean(behind));
      if (behind) say(language.say("share.behind"));
      else if (!texts.code) say(language.say("share.no_code"));
    } catch (problem) {
      say(/** @type {Error} */ (problem).message);
    }
  };

  const students = createStudents(page, offer);
  find(drawer, ".drawer-panel").append(students.element, files, ...rows.map(({ row }) => row));
  on(picture, "error", () => {
    code.hidden = true;
    say(language.say("share.no_code"));
  });
  on(tick, "change", offer);
  const open = () => {
    epochs = store.state.frame?.body.epoch ?? 0;
    const hindrance = hindranceOf(page, epochs);
    const [count, limit] = [epochs, page.catalog.limits.replay_epochs].map((each) => formatCount(each));
    tick.checked = false;
    tick.disabled = epochs === 0 || hindrance !== null;
    setText(name, language.say(hindrance ?? "link.epoch", { epoch: count, limit }));
    students.show(address.href(0) ?? document.baseURI);
    offer();
  };
  on(drawer, "toggle", () => drawer.open && open());
  // It was fetched because somebody opened it.
  if (drawer.open) open();
}

/** @param {Pick<Page, "language" | "store">} page */
function whyNoLink({ language, store }) {
  const { config, draft } = store.state;
  const points = draft ?? config.data.points;
  if (!Array.isArray(points)) return "";
  return language.say(draft ? "share.draft" : "share.no_link", { count: formatCount(points.length) });
}

/**
 * What is saved as a file where there is no link.
 *
 * @param {Page} page @param {Services} services @param {(sentence: string) => void} say
 */
function createFiles(page, services, say) {
  const { keeper, language, store } = page;
  const save = (/** @type {Blob} */ content, /** @type {string} */ name) => {
    services.save(content, name);
    say(language.say("export.saved", { name }));
  };
  const createButton = (/** @type {string} */ what, /** @type {() => void} */ act) => {
    const button = make("button", {
      class: "small-button",
      testid: `save-${what}`,
      text: language.say(`share.${what}`),
    });
    on(button, "click", act);
    return button;
  };
  const points = createButton("points", () => save(tableFile(page), "points.csv"));
  const model = createButton("model", async () => {
    const { config, frame } = store.state;
    const run = await services.checkpoint();
    if (!run) return say(language.say("export.nothing"));
    keeper.take(/** @type {Point[]} */ (config.data.points));
    save(
      new Blob([run], { type: "application/octet-stream" }),
      `${stemOf(config, frame?.body.epoch ?? 0)}.safetensors`,
    );
  });
  const files = make("div", { class: "share-row", testid: "share-files" }, points, model);
  files.hidden = true;
  return files;
}

/** An address as a value in another's query, no longer than it must be: proxies bound a request's line. @param {string} address */
function asValue(address) {
  return encodeURI(address).replace(/[&#+]/g, encodeURIComponent);
}

/**
 * The message that says why nobody else can come to this epoch, null where they can.
 *
 * @param {Page} page @param {number} epochs
 */
function hindranceOf({ catalog, store }, epochs) {
  if (store.state.drifted || (store.state.frame?.body.edits ?? 0) > 0) return "link.drifted";
  return epochs > catalog.limits.replay_epochs ? "link.too_far" : null;
}

/**
 * One thing to copy: its name, its text, its buttons.
 *
 * @param {Page} page @param {Services} services @param {string} what @param {string} ending
 * @param {(sentence: string) => void} say
 */
function createRow(page, services, what, ending, say) {
  const { language, store } = page;
  const label = language.say(`share.${what}`);
  const field = make("textarea", { label, testid: `share-${what}` });
  Object.assign(field, { readOnly: true, rows: 1, spellcheck: false });
  const createButton = (/** @type {string} */ verb, /** @type {() => Promise<void>} */ act) => {
    const text = language.say(`share.${verb}`);
    const traits = { class: "small-button", testid: `${verb}-${what}`, label: `${text}: ${label}` };
    const button = make("button", { ...traits, text });
    on(button, "click", act);
    return button;
  };
  const copy = createButton("copy", async () => {
    if (await couldCopy(field, services)) {
      copy.focus();
      setText(copy, language.say("share.copied"));
      say(language.say("share.copied_what", { what: label }));
    } else say(language.say("share.by_hand"));
  });
  const save = createButton("save", async () => {
    const name = nameOf(store.state.config) + ending;
    say(language.say("share.drawing"));
    try {
      services.save(await (await fetchOffer(page, services, field.value)).blob(), name);
      say(language.say("export.saved", { name }));
    } catch (problem) {
      say(language.say("export.failed", { name, reason: /** @type {Error} */ (problem).message }));
    }
  });
  const offer = (/** @type {string} */ text) => {
    field.value = text;
    setText(copy, language.say("share.copy"));
    copy.disabled = save.disabled = !text;
  };
  const buttons = ending ? [copy, save] : [copy];
  const row = make("div", { class: "share-row" }, make("span", { text: label }), field, ...buttons);
  return { what, row, offer };
}

/** @param {HTMLTextAreaElement} field @param {Services} services */
async function couldCopy(field, services) {
  try {
    await services.copy(field.value);
    return true;
  } catch {
    // Not allowed here, or no secure connection, where the old way may still do; else it is selected for the hand.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** @param {Page} page @param {Services} services @param {string} path */
async function fetchOffer(page, services, path) {
  const response = await services.fetch(new URL(path, document.baseURI)).catch(() => null);
  if (!response) throw new Error(page.language.say("share.no_answer"));
  if (!response.ok) throw new Error(sayServer(page, await response.json()));
  return response;
}
