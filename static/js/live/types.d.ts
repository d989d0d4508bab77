/**
 * What arrives while a run runs (docs/reference/protocol.md is its text), and the connection that brings it.
 * Read by the type checker and by people.
 */

type Dispatch = import("./dispatch.js").Dispatch;
type LiveSocket = import("./socket.js").LiveSocket;

type Tensor = { shape: number[]; data: Uint8Array | Uint16Array | Float32Array | Float64Array | Int32Array };
type Pair = { train: number | null; test: number | null };

type Frame = {
  body: {
    frame: number;
    epoch: number;
    step: number;
    playing: boolean;
    /** How many messages that decide whether it plays had come when it was begun. */
    steered: number;
    loss: Pair;
    accuracy: Pair | null;
    epochs_per_second?: number;
    /** Of a race's lane, how long an epoch takes to train. */
    epoch_seconds?: number | null;
    load?: number;
    /** Numbers of the network that were set by hand since epoch 0. */
    edits?: number;
    /** Of a forest: those of all its trees, and the level that answers, 0 for none. */
    nodes?: number;
    best?: number;
    lens?: LensFacts;
    /** What just happened in the run. */
    remark?: Said | null;
    /** 0 begins the history afresh. */
    history_start?: number;
    /** Where asked for: points by true class (row) and predicted class; null for a regression. */
    confusion?: { train: number[][]; test: number[][] } | null;
    /** Where asked for: of a regression. */
    fit?: { train: Fit; test: Fit } | null;
    /** The unit that the arrays of this name show. */
    inspected?: Unit | null;
  };
  arrays: Record<string, Tensor>;
  /** Its own, or that of the last frame before it that had one. */
  lens?: Lensed;
};

/** Of each layer, the features first: scores of its linear probe, and the share of its variance that is shown. */
type LensFacts = {
  measure: "accuracy" | "r_squared";
  layers: string[];
  train: number[];
  test: number[];
  shown: number[];
};

type Lensed = { facts: LensFacts; arrays: Record<string, Tensor> };

/** The share of variance explained and the mean absolute error; null where there is none. */
type Fit = { r2: number | null; error: number | null };

type LayoutLayer = { units: number; neuron: string; activation: string; parameters: number };

type Layout = {
  features: string[];
  layers: LayoutLayer[];
  output: LayoutLayer;
  task: Task;
  classes: number;
  /** Empty for those without one; none at all where there are no names. */
  class_names: string[];
  /** Half of the width of the data's square, and of the plane that is drawn. */
  extent: number;
  reach: number;
};

/** "waiting": for the moment to try again. */
type ConnectionState = "connecting" | "open" | "waiting";

type Hello = {
  config: object;
  play: boolean;
  speed: number | null;
  until: number | string | null;
  epochs: number;
  view: object;
};

/** Everything that comes from outside, so that tests can bring their own. */
type Environment = {
  connect: (address: string) => Transport;
  /** A connection has ended, on which something came or nothing: whether another may be tried is said by calling `retry`. */
  ended: (heard: boolean, retry: () => void) => void;
  wait: (run: () => void, milliseconds: number) => void;
  /** Runs it again and again, until what it returns is called. */
  watch: (run: () => void, milliseconds: number) => () => void;
  /** From 0 to 1. */
  random: () => number;
  limits: Limits;
};

/** What this server allows. Messages to it may be so long; one on which nothing comes for so long is swallowed. */
type Limits = { message_bytes: number; first_message_seconds: number; [limit: string]: number };

/** How messages travel: a WebSocket, or what stands in its place. */
type Transport = Pick<WebSocket, "readyState" | "binaryType" | "close"> & {
  onopen: ((event: any) => any) | null;
  onclose: ((event: any) => any) | null;
  onmessage: ((event: any) => any) | null;
  send: (message: string | ArrayBuffer) => void;
  /** How long it may take to open, where that is longer than a WebSocket may. */
  opensWithinSeconds?: number;
  /** How many messages that decide whether it plays were said on it before it was taken. */
  steered?: number;
};

/** Whose connection is kept. */
type LifelineOwner = {
  became: (state: ConnectionState) => void;
  /** A message, whole and in its turn. */
  hear: (message: string | ArrayBuffer) => void;
};

type PollingEnvironment = {
  fetch: typeof fetch;
  wait: (run: () => void, milliseconds: number) => void;
  limits: Limits;
  /** Whether the page has an origin, which the server can know for its own. */
  own: boolean;
  /** Whether the reader knows already that the page polls. */
  told: boolean;
};

/** When a message comes. `settled`: no newer choice of the reader's is on its way; `followed`: it answers to a link. */
type Turn = { readonly settled: boolean; readonly followed: boolean };
type Listener = {
  /** What `open` must say now. */
  hello: () => Hello;
  /** `current`: it was begun after the last that was said of playing had come. */
  frame: (frame: Frame, current: boolean) => void;
  connection: (state: ConnectionState) => void;
  /** Something waits to be sent, and its turn may have come: `flush` is to be called. */
  wanted: () => void;
  /** The run could not be taken up where it was: why. */
  startsOver: (refused: any) => void;
};

/** A connection that was asked for before the page could take it, with what happened on it since: kind and event. */
type EarlySocket = { address: string; socket: WebSocket; heard: [string, any][]; said?: string };

interface Window {
  /** Left by early.js. */
  early?: EarlySocket;
}
