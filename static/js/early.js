/**
 * The live socket of a page of its own is asked for while its scripts are still on their way: on a slow line its two
 * round trips pass beside theirs. What happens on it before the page takes it (live/early_socket.js) is kept in order.
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
  socket.onopen = keep;
  socket.onmessage = keep;
  socket.onclose = keep;
  window.early = { address: live.href, socket: socket, heard: heard };
})();
