/**
 * Files that come by drop, told apart by how their names end.
 *
 * Not here: what becomes of a file (a saved model is panels/take_home/restore.js' matter, a table of points
 * panels/data/csv_table.js').
 */

/** @typedef {(file: File, others: number) => void} Take `others` is how many files came with it, and are not taken */

/**
 * Lets files be dropped anywhere on the page. Without it a browser would leave the page for the file.
 *
 * @param {HTMLElement} page has the class `dropping` while a file hangs over it
 * @param {Readonly<Record<string, Take>>} takers by ending, the first that fits: ".safetensors", and "" for all others
 * @param {AbortSignal} [signal] ends it
 */
export function acceptDrops(page, takers, signal) {
  const isFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const show = (/** @type {boolean} */ on) => page.classList.toggle("dropping", on);
  /** @type {(kind: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) => void} */
  const listen = (kind, act) => page.addEventListener(kind, act, { signal });
  listen("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    show(true);
  });
  listen("dragleave", (event) => {
    // From one element to another inside the page it goes on.
    if (event.relatedTarget === null) show(false);
  });
  listen("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    show(false);
    const [file, ...others] = event.dataTransfer?.files ?? [];
    const ending = Object.keys(takers).find((each) => file?.name.toLowerCase().endsWith(each));
    if (ending !== undefined) takers[ending](file, others.length);
  });
}
