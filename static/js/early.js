/**
 * The live socket of a page of its own is asked for while its scripts are still on their way: on a slow line its two
 * round trips pass beside theirs. What happens on it before the page takes it (live/early_socket.js) is kept in order.
 *
 * On a first visit the run is opened, too: its first picture is here as soon as there is a page to show it. It is begun at
 * rest; it plays once the page is there.
 *
 * A classic script in the JavaScript of 2009: it comes before anybody has asked what the browser knows (browser.js).
 * One that knows no modules connects to nothing.
 */
(function () {
  // A page that was here first has a connection of its own.
  if (window.early || !("noModule" in document.createElement("script"))) return;
  var live = new URL("live", document.baseURI);
  live.protocol = live.protocol === "https:" ? "wss:" : "ws:";
  live.search = "";
  /** @type {[string, any][]} */
  var heard = [];
  var socket = new WebSocket(live.href);
  socket.binaryType = "arraybuffer";
  /** @param {Event} event */
  function keep(event) {
    heard.push([event.type, event]);
  }
  var said = firstVisit();
  /** @param {Event} event */
  socket.onopen = function (event) {
    keep(event);
    if (said) socket.send(said.replace('"play":true', '"play":false'));
  };
  socket.onmessage = keep;
  socket.onclose = keep;
  window.early = { address: live.href, socket: socket, heard: heard, said: said };

  /** What the page says first where its address asks for nothing, and nobody for little motion. @returns {string | undefined} */
  function firstVisit() {
    var script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
    if (!script || location.search || location.hash || document.hidden) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    var open = JSON.parse(script.getAttribute("data-open") || "null");
    if (!open) return;
    // As in live/inbox.js: on this very machine pictures are large and travel as they are.
    if (/^(localhost|\[::1\]|127\..*)$/.test(location.hostname)) {
      open.view.unit_pixels = 24;
      open.view.output_pixels = 100;
    } else open.view.compress = typeof DecompressionStream === "function";
    return JSON.stringify(open);
  }
})();
