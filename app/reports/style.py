"""How a report looks, and the few lines that sort its table.

Colours are those of the page's tokens, once more: a report stands alone. Not here: what is on it.
"""

COLOURS = ("#3d46b3", "#b0420a", "#0a6a48", "#6d3a8d", "#0e4f92", "#a01558", "#6b6300", "#566072")
DARK_COLOURS = ("#9aa2ff", "#f2a04a", "#5bb894", "#c9a3dd", "#5b9fd6", "#e88fb4", "#dcd86a", "#b4bac6")


def _classes(colours: tuple[str, ...]) -> str:
    return "".join(f".c{index}{{fill:{colour};stroke:{colour}}}" for index, colour in enumerate(colours))


STYLE = (
    """
:root{color-scheme:light dark;--ground:#fcfcfb;--raised:#fff;--ink:#1b2230;--soft:#566072;--line:#dfe2e6;
--accent:#3d46b3;--heat:#2f6fb0}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2rem 0 .5rem}
a{color:var(--accent)}figure{margin:0}figcaption,.soft{color:var(--soft);font-size:.86rem}
.wide{overflow-x:auto}
figure{overflow-x:auto}
.chart{width:100%;min-width:36rem;height:auto;
background:var(--raised);border:1px solid var(--line);border-radius:.35rem}
.grid{stroke:var(--line);fill:none}.tick,.axis{fill:var(--soft);font-size:13px;text-anchor:middle}.tick.end{text-anchor:end}
.axis{fill:var(--ink)}.front{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4}
.bar{stroke-width:1.5;opacity:.55}.chart a:is(:hover,:focus-visible) path{stroke:var(--ink);stroke-width:3}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.3rem 0}
.legend li:first-child{color:var(--soft)}.legend svg{width:1rem;height:1rem;vertical-align:-.12rem;margin-right:.3rem}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .6rem;text-align:left;white-space:nowrap;border-bottom:1px solid var(--line)}
thead th{position:sticky;top:0;background:var(--ground)}
.n{text-align:right}.front td:first-child{box-shadow:inset 3px 0 var(--accent)}
th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:.3rem 0;cursor:pointer}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
.heat td{text-align:center;min-width:3.2rem;
background:color-mix(in srgb,var(--heat) calc(var(--share,0)*100%),var(--raised))}
.heat td a{color:inherit}.heat .dark{color:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#14171d;--raised:#1b1f27;--ink:#e8ebf0;--soft:#a3acba;--line:#333a46;
--accent:#a9b1ff}"""
    + _classes(DARK_COLOURS)
    + "}@media (prefers-color-scheme:light){"
    + _classes(COLOURS)
    + "}"
)

SORTING = """
for (const button of document.querySelectorAll("main > .wide:last-of-type th button")) {
  button.addEventListener("click", () => {
    const head = button.parentElement, body = head.closest("table").tBodies[0];
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const cell = (row) => row.cells[head.cellIndex], key = (row) => cell(row).dataset.key;
    const compare = (a, b) => key(a) !== undefined && key(b) !== undefined
      ? key(a) - key(b) : cell(a).textContent.localeCompare(cell(b).textContent, undefined, { numeric: true });
    body.append(...[...body.rows].sort((a, b) => (up ? compare(a, b) : compare(b, a))));
  });
}
"""
