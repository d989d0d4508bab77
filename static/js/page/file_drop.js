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
 */
export function acceptDrops(page, takers) {
  const isFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const show = (/** @type {boolean} */ on) => page.classList.toggle("dropping", on);
  page.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    show(true);
  });
  page.addEventListener("dragleave", (event) => {
    // From one element to another inside the page it goes on.
    if (event.relatedTarget === null) show(false);
  });
  page.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    show(false);
    const [file, ...others] = event.dataTransfer?.files ?? [];
    const ending = Object.keys(takers).find((each) => file?.name.toLowerCase().endsWith(each));
    if (ending !== undefined) takers[ending](file, others.length);
  });
}
