/**
 * Files that come by drop, told apart by how their names end: whoever can read an ending says so here.
 *
 * Not here: what becomes of a file (a saved model is panels/take_home/export.js' matter, a table of points panels/data/csv_table.js').
 */

/** @typedef {(file: File) => void} Take */

/**
 * Who takes a file of this name; null when nobody does.
 *
 * @param {Readonly<Record<string, Take>>} takers by ending: ".csv"
 * @param {string} name
 * @returns {Take | null}
 */
export function takerOf(takers, name) {
  const ending = Object.keys(takers).find((each) => name.toLowerCase().endsWith(each));
  return ending ? takers[ending] : null;
}

/**
 * Lets files be dropped anywhere on the page. Without it a browser would leave the page for the file.
 *
 * @param {HTMLElement} page has the class `dropping` while a file hangs over it
 * @param {Readonly<Record<string, Take>>} takers
 * @param {(name: string, endings: string[]) => void} refuse called for the first file that nobody takes
 */
export function acceptDrops(page, takers, refuse) {
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
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    const take = takerOf(takers, file.name);
    if (take) take(file);
    else refuse(file.name, Object.keys(takers));
  });
}
