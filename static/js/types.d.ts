/**
 * The shapes that pass between modules. Read by the type checker and by people, never by the browser; every module
 * knows them without importing them.
 *
 * What the server sends comes first (docs/reference/protocol.md is its text), then what the page keeps, then what the
 * drawings are given. A shape that one module keeps to itself stands in that module.
 */

type Address = import("./address.js").Address;
type Actions = import("./actions.js").Actions;
type Language = import("./language.js").Language;
type Picker = import("./panels/picker.js").Picker;
type Inspection = import("./inspection.js").Inspection;
type LiveSocket = import("./socket.js").LiveSocket;

// What the server offers

type Value = number | boolean | string | Point[] | string[];

type Knob = {
  name: string;
  label: string;
  kind: "float" | "int" | "bool" | "choice" | "points" | "texts";
  default: Value;
  low: number | null;
  high: number | null;
  choices: string[];
  scale: "linear" | "log";
  step: number | null;
  sentence: string;
};

type Spec = {
  name: string;
  label: string;
  sentence: string;
  formula: string;
  formula_mathml?: string;
  group: string;
  knobs: Knob[];
  source: string;
  /** Of neurons: the shape that one unit draws where it is 0. */
  zero_set?: string;
  /** Of neurons: z of a typical unit over the plane, bytes in base64, those under 128 for values below 0. */
  portrait?: { side: number; field: string };
  /** Of losses: what they can measure. */
  tasks?: Task[];
};

type Task = "classification" | "regression";
type LossSpec = Spec & { tasks: Task[] };
/** Its values over the unit square: bytes in base64, rows from the top. */
type FeatureSpec = Spec & { picture: { side: number; low: number; high: number; field: string } };
type DatasetSpec = Spec & { task: Task; classes: number; preview: Point[] };

/** x, y, target: a class number or, for regression, a value. */
type Point = [number, number, number];

type Catalog = {
  version: string;
  default: Config;
  neurons: Spec[];
  activations: Spec[];
  losses: LossSpec[];
  optimizers: Spec[];
  datasets: DatasetSpec[];
  features: FeatureSpec[];
  fields: Record<string, Knob>;
  /** The paths that a running run can change and keep its weights. */
  changeable: string[];
  view: Record<string, Knob>;
  speeds: (number | null)[];
  /** Of right answers, in a run that counts as solved. */
  solved_share: number;
  /** What a page without a link begins with, and what it says to try. */
  first_visit: { speed: number; remedies: Remedy[] };
  /** What this server allows. */
  limits: { message_bytes: number; [limit: string]: number };
};

type Registry = "neurons" | "activations" | "losses" | "optimizers" | "datasets" | "features";

// What defines a run

/** An entry by name, its knobs beside it. */
type Choice = { name: string; [knob: string]: Value };
type LayerConfig = { units: number; neuron: Choice; activation: Choice; [field: string]: Value | Choice };

type Config = {
  data: Choice & { count: number; noise: number; train_share: number };
  features: string[];
  layers: LayerConfig[];
  output: { neuron: Choice };
  loss: Choice;
  optimizer: Choice;
  batch: number;
  l1: number;
  l2: number;
  seeds: { data: number; run: number };
};

// What arrives while it runs

type Tensor = { shape: number[]; data: Uint8Array | Uint16Array | Float32Array | Float64Array | Int32Array };
type Pair = { train: number | null; test: number | null };

type Frame = {
  body: {
    frame: number;
    epoch: number;
    step: number;
    playing: boolean;
    loss: Pair;
    accuracy: Pair | null;
    epochs_per_second?: number;
    load?: number;
    /** Numbers of the network that were set by hand since epoch 0. */
    edits?: number;
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
  extent: number;
};

// What the page keeps

/** A unit, both numbers from 0; the output layer is the last. */
type Unit = { layer: number; unit: number };

/** One number that a unit learns: its letter in the formula, the inputs that it weighs, and its place for `edit`. */
type Weight = { letter: string; inputs: number[]; param: string; index: number[] };
type UnitAnswer = Unit & {
  neuron: string;
  activation: string;
  weights: Weight[];
  values: (number | null)[];
  gradient: number | null;
  formula_mathml: string;
};
type TraceAnswer = {
  point: [number, number];
  inputs: (number | null)[];
  layers: (number | null)[][];
  prediction: (number | null)[];
};
type CheckAnswer = { worst: number; parameter: string; parameters: number; points: number; own: string[] };
/** Epoch, losses of train and test, accuracies of train and test. */
type Row = [number, number, number, number, number];
/** A sentence of the server's: a key and values for the page's words, its own English beside them. */
type Said = {
  key: string;
  values: Record<string, string | number>;
  message: string;
  path?: string;
  known?: string[];
  /** Of a message that advises: what to try. */
  remedies?: Remedy[];
  type?: string;
};
/** One setting to try: what its button says, and where the value goes. */
type Remedy = Said & { path: string; value: Value | Choice };
/** What the status line says: `key` is a message of the table, `said` a sentence of the server's. */
type Sentence = { tone: "calm" | "warn"; key?: string; values?: Record<string, string | number>; said?: Said };
type Moment = { frame: Frame; bytes: number };
/** "waiting": for the moment to try again. */
type Link = "connecting" | "open" | "waiting";
type Points = { train: Point[]; test: Point[] };

/** A hidden layer and two of its units: one drawn across, one upwards. */
type UnitPair = { layer: number; x: number; y: number };
type LensState = { open: boolean; shown: "decision" | "space"; pairs: readonly UnitPair[] };

type State = {
  /** What the reader has chosen and the controls show. */
  config: Config;
  /** The last one that the server has taken. */
  good: Config | null;
  playing: boolean;
  /** Epochs per second, null for all there are. */
  speed: number | null;
  link: Link;
  /** A busy server does not keep the pace that was asked for. */
  lags: boolean;
  /** The epoch that a link trains to, unless the reader has decided otherwise since. */
  target: number | null;
  /** From a lost connection until the run goes on. */
  recovering: boolean;
  layout: Layout | null;
  points: Points | null;
  /** Own points too few for a run, until there are enough: shown, not learnt. */
  draft: Point[] | null;
  parameters: number;
  /** The one that is shown: the newest, unless the reader looks back. */
  frame: Frame | null;
  newest: Frame | null;
  /** What can be looked back at, oldest first. */
  moments: readonly Moment[];
  history: Row[];
  inspect: Unit | null;
  lens: LensState;
  /** A setting was changed in mid-run: training the same settings from the beginning would differ. */
  drifted: boolean;
  /** What a reader must see until the next action: refused, diverged, a notice. */
/** On a first visit: what to try. */
  first: Said | null;
  remark: Sentence | null;
};

type Show = (state: State) => void;
type Store = { state: State; set: (next: State) => void };

/** Words by key. */
type Table = Record<string, string>;

// What panels are given

type Naming = {
  label: string;
  hint?: string;
  testid?: string;
  /** The label is for assistive technology only. */
  bare?: boolean;
  /** What people call one of a knob's choices. */
  word?: (choice: string) => string;
};
type Option = { value: string; text: string; hint?: string; group?: string };
/** It is shown a value and says what the reader chose; it keeps nothing. */
type Control<T> = { element: HTMLElement; show: (value: T) => void };
type Disabling = { enable: (on: boolean) => void };

/** How a number runs on a slider: positions low to high in steps, and the value that each position stands for. */
type Track = {
  low: number;
  high: number;
  step: number;
  valueAt: (position: number) => number;
  positionOf: (value: number) => number;
};

type Display = { lang: "en" | "zh"; theme: "auto" | "light" | "dark"; palette: "blue_orange" | "purple_green" };

type Page = {
  address: Address;
  catalog: Catalog;
  language: Language;
  store: Store;
  actions: Actions;
  inspection: Inspection;
  theme: () => Theme;
  /** Ends when the page is made anew in another language: what listens to more than its own elements ends with it. */
  signal: AbortSignal;
  /** Device pixels per CSS pixel. */
  ratio: () => number;
  /** The entries of a registry, as a menu lists them. */
  options: (registry: Registry) => Option[];
  /** Where kinds of neurons are chosen. */
  picker: Picker;
  /** How the control of a Config's field is called. */
  naming: (path: string, testid: string) => Naming;
};

/** The tokens of tokens.css as canvases need them. Ramps are 256 packed pixels. */
type Theme = {
  ramp: Uint32Array;
  /** From class 0 to class 1. */
  probability: Uint32Array;
  /** For each class, from unsure to sure. */
  confidence: Uint32Array[];
  classLook: (target: number) => Look;
  /** `share` from 0 (low) to 1 (high). */
  valueLook: (share: number) => Look;
  linkLow: string;
  linkHigh: string;
  ink: string;
  /** The ink as numbers. */
  line: Rgb;
  soft: string;
  grid: string;
  ground: string;
  accent: string;
  train: string;
  test: string;
  family: string;
};

/** Of each part of the page: the width from which a frame shows it, null for on request, and what it stands within. */
type Framed = Record<string, [width: number | null, within: string]>;
/** Who shows this page in a frame, and what starts it. */
type Host = {
  post: (message: object) => void;
  /** Connects: somebody sees it. */
  begin: () => void;
  wait: (run: () => void, milliseconds: number) => void;
  words: (sentence: Sentence) => string;
};

// What drawings are given

type Context = CanvasRenderingContext2D;
type Place = { x: number; y: number };
type Shape = "circle" | "diamond" | "triangle" | "square" | "cross" | "wedge";
type Look = { shape: Shape; colour: string };
/** side * side bytes, row 0 at the top, and the values that 0 and 255 stand for. */
type Field = { field: Uint8Array; side: number; low: number; high: number };
/** What the large canvas shows: a field in its colours, or classes in theirs. */
type Picture = Field & { colours: Uint32Array; classes?: Uint8Array };
/** Red, green, blue from 0 to 255. */
type Rgb = readonly [number, number, number];

type Chart = {
  curves: readonly Curve[];
  /** Lines through epochs that are looked at. */
  marks: readonly MomentMark[];
  /** The last epoch of the axis; the first is 0. */
  end: number;
  scale: "log" | "linear" | "share";
  names: { value: string; epoch: string };
  width: number;
  height: number;
  margin: { left: number; right: number; top: number; bottom: number };
  look: { ink: string; grid: string; ground: string; font: string; em: number; line: number };
  formatEpoch: (epoch: number) => string;
};
/** Each sample is an epoch and a value. */
type Curve = { samples: readonly (readonly [number, number])[]; colour: string; dash: number[] };
/** An epoch, and the value of each curve there. */
type MomentMark = { epoch: number; values: readonly number[]; colour: string };
type Axes = {
  x: (epoch: number) => number;
  y: (value: number) => number;
  values: readonly [number, number];
  /** Whether the axis has a place for a value. */
  shows: (value: number) => boolean;
};

type LinkLayer = {
  /** (from, to), row by row. */
  sensitivity: Float32Array;
  from: readonly Place[];
  to: readonly Place[];
};
/** Colours of negative and positive links, and the line width of the strongest. */
type LinkLook = { low: string; high: string; thickest: number };

type Mark = Look & { x: number; y: number; radius: number; hollow: boolean; halo: string };
type Marks = {
  points: readonly Point[];
  lookOf: (target: number) => Look;
  x: (x: number) => number;
  y: (y: number) => number;
  radius: number;
  hollow: boolean;
  /** The ring that sets a mark off from what lies under it. */
  halo: string;
};

/** Canvases and words where they stand, in CSS pixels. */
type Collage = {
  width: number;
  height: number;
  ratio: number;
  ground: string;
  ink: string;
  family: string;
  pieces: { canvas: HTMLCanvasElement; x: number; y: number; width: number; height: number }[];
  /** `room` is the most that a text may measure. */
  captions: { text: string; x: number; y: number; room: number }[];
};
/** Draws every point at the place that it is told, on a canvas of that size; `count` is how many places are known. */
type MarksOf = (
  context: Context,
  size: number,
  placeOf: (point: { x: number; y: number; index: number }) => [number, number],
  domain: readonly [number, number],
  count?: number,
) => void;

/** Coordinates, families of lines, lines, places along a line: bytes across the window. */
type Grid = {
  places: Uint8Array;
  shape: readonly number[];
  size: number;
  look: { colour: string; line: number };
};

type Surface = {
  field: Uint8Array;
  side: number;
  /** 256 packed pixels, one for each value. */
  colours: Uint32Array;
  /** Square, as large as the canvas; written and shown. */
  image: ImageData;
};
type ClassSurface = Omit<Surface, "colours"> & { classes: Uint8Array; palettes: Uint32Array[] };

// Where things stand, in CSS pixels

type Room = {
  /** From the features to the last hidden layer. */
  columns: readonly { left: number; width: number; units: number }[];
  /** Of the area that the units share. */
  height: number;
  /** The most that a unit may measure. */
  largest: number;
};
/** The side of every unit, and the centres of the units of each column. */
type Geometry = { size: number; centres: Place[][] };

// The connection

type Hello = { config: object; play: boolean; speed: number | null; epochs: number; view: object };
/** Everything that comes from outside, so that tests can bring their own. */
type Around = {
  connect: (address: string) => WebSocket;
  wait: (run: () => void, milliseconds: number) => void;
  /** Runs it again and again, until what it returns is called. */
  watch: (run: () => void, milliseconds: number) => () => void;
  /** From 0 to 1. */
  random: () => number;
};
type Listener = {
  /** What `open` must say now. */
  hello: () => Hello;
  /** `settled`: no newer choice of the reader's is on its way; `followed`: it answers to a link. */
  message: (message: any, settled: boolean, followed: boolean) => void;
  frame: (frame: Frame) => void;
  link: (link: Link) => void;
};
