/**
 * Whether this browser can run the page; if so, its scripts begin, if not, the page says so in one sentence. A classic
 * script in the JavaScript of 2009, so that those that know neither modules nor newer syntax understand it.
 *
 * Each feature is tried, no browser is asked for its name. docs/reference/browsers.md says since when each has them.
 */
(function () {
  /** @type {any} */
  var place = window;
  var has =
    "noModule" in document.createElement("script") &&
    "CSS" in window &&
    CSS.supports("selector(:has(a))") &&
    CSS.supports("color", "color-mix(in srgb, red, blue)") &&
    "adoptedStyleSheets" in document &&
    "toSorted" in Array.prototype &&
    "structuredClone" in window &&
    "DecompressionStream" in window &&
    "ResizeObserver" in window &&
    "WebSocket" in window;
  if (!has) {
    document.documentElement.className += " is-too-old";
    // Nobody will take the connection that was asked for early (early.js); where it has yet to be, it shall not.
    if (place.early) place.early.socket.close();
    place.early = true;
    return;
  }
  /** @type {any} */
  var start = document.getElementById("browser");
  var modules = start.getAttribute("data-modules").split(" ");
  var script;
  var index;
  for (index = 0; index < modules.length; index++) {
    script = document.createElement("script");
    script.type = "module";
    // In the order of the list.
    script.async = false;
    script.src = modules[index];
    document.head.appendChild(script);
  }
})();
