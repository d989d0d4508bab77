/**
 * A connection on sockets that a test holds: it is made and started anew before each test, what it says is kept, and the test
 * says what the server does.
 */
import { beforeEach } from "node:test";
import { Dispatch } from "../../../static/js/live/dispatch.js";
import { LiveSocket } from "../../../static/js/live/socket.js";
import { binary } from "../binary.js";

class FakeSocket {
  onopen = () => {};
  onclose = () => {};
  onmessage = (_) => {};
  constructor(address) {
    this.address = address;
    this.readyState = 0;
    this.sent = [];
    this.parts = [];
  }
  send(data) {
    if (typeof data === "string") this.sent.push(JSON.parse(data));
    else this.parts.push(data);
  }
  accept() {
    this.readyState = 1;
    this.onopen();
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  sayBinary(kind, body = {}) {
    this.onmessage({ data: binary(kind, body) });
  }
  drop() {
    this.readyState = 3;
    this.onclose();
  }
  close() {
    this.closed = true;
  }
}

export let sockets;
export let waits;
export let watches;
export let heard;
export let config;
export let live;

beforeEach(() => {
  sockets = [];
  waits = [];
  watches = [];
  heard = { messages: [], frames: [], connections: [], wanted: 0, startedOver: [] };
  config = { batch: 10 };
  const messages = new Dispatch();
  live = new LiveSocket(
    "ws://here/live",
    messages,
    {
      hello: () => ({ config, play: true, speed: 30, until: 9, view: { visible: true } }),
      frame: ({ body }, current) => {
        heard.frames.push(body.frame);
        heard.current = current;
      },
      connection: (state) => heard.connections.push(state),
      wanted: () => {
        heard.wanted += 1;
      },
      startsOver: (refused) => heard.startedOver.push(refused.message),
    },
    {
      ended: (_, retry) => retry(),
      connect: (address) => {
        sockets.push(new FakeSocket(address));
        return sockets.at(-1);
      },
      wait: (run, milliseconds) => waits.push({ run, milliseconds }),
      watch: (run, milliseconds) => {
        const watch = { run, milliseconds, stopped: false };
        watches.push(watch);
        return () => {
          watch.stopped = true;
        };
      },
      random: () => 1,
      limits: { message_bytes: 200, first_message_seconds: 10 },
    },
  );
  live.start();
  // Whoever else a message concerns hears it after the connection.
  for (const type of ["opened", "changed", "refused", "busy", "notice", "answer", "diverged", "pong"]) {
    messages.on(type, (_, { settled, followed }) => {
      heard.messages.push([type, settled, ...(followed ? ["followed"] : [])]);
    });
  }
});

export const socket = () => sockets.at(-1);
export const sent = (type) => socket().sent.filter((message) => message.type === type);

/** What was said since this was last asked, by its type. */
export const said = () =>
  socket()
    .sent.splice(0)
    .map(({ type }) => type);

/** What has gone up on this connection, as text of a letter for each byte. */
export const uploaded = () => Buffer.concat(socket().parts.map((part) => Buffer.from(part))).toString("latin1");

/** Connected, and the first `open` answered. */
export function settle() {
  socket().accept();
  socket().say({ type: "opened" });
}

/** What the page wants from now on. */
export function want(next) {
  config = next;
}
