/**
 * What drawings are given, and where things stand: places and lengths in CSS pixels.
 * Read by the type checker and by people.
 */

type Context = CanvasRenderingContext2D;
type Place = { x: number; y: number };
type Shape = "circle" | "diamond" | "triangle" | "square" | "cross" | "wedge" | "times" | "bar";
type Look = { shape: Shape; colour: string };

/** side * side bytes, row 0 at the top, and the values that 0 and 255 stand for. */
type Field = { field: Uint8Array; side: number; low: number; high: number };

/** What the large canvas shows: a field in its colours, as its legend has them; how it is drawn where that is finer; whether it is the answer. */
type Picture = Field & { colours: Uint32Array; fine?: { field: Float32Array; colours: Uint32Array }; answer?: boolean; many?: boolean };

/** Red, green, blue from 0 to 255. */
type Rgb = readonly [number, number, number];

type Chart = {
  curves: readonly Curve[];
  /** Lines through epochs that are looked at. */
  marks: readonly MomentMark[];
  /** The last epoch of the axis; the first is 0. */
  end: number;
  /** What happened to the run: it was changed, or went wrong. */
  events: readonly { epoch: number; wrong: boolean }[];
  /** What guessing reaches, of shares. */
  chance: { share: number; text: string } | null;
  scale: "log" | "linear" | "share";
  /** Of the value axis, line by line. */
  names: { value: string[]; epoch: string };
  width: number;
  height: number;
  margin: { left: number; right: number; top: number; bottom: number };
  look: { ink: string; grid: string; ground: string; warn: string; font: string; em: number; line: number };
  formatEpoch: (epoch: number) => string;
};

/** Curves over straight axes; `band` has a place on the axis, its low and its high end each. */
type Plot = {
  curves: readonly {
    points: readonly (readonly [number, number])[];
    band?: readonly (readonly [number, number, number])[];
    colour: string;
    dash?: readonly number[];
  }[];
  /** Upright lines. */
  lines: readonly { at: number; text: string }[];
  x: readonly [number, number];
  y: readonly [number, number];
  names: { x: string; y: string };
  width: number;
  height: number;
  margin: { left: number; right: number; top: number; bottom: number };
  look: { ink: string; grid: string; font: string; em: number; line: number };
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** A dot on every point, where they are few. */
  dots?: boolean;
};

/** Each sample is an epoch and a value; `faint`: of the run before this one. */
type Curve = {
  samples: readonly (readonly [number, number])[];
  colour: string;
  dash: number[];
  faint?: boolean;
};

/** The ends and the name of x and of y, about how many ticks each has, and how large its text is in pixels of the canvas. */
type PlaneAxes = {
  side: number;
  domains: [number, number][];
  names: readonly string[];
  ticks: number;
  em: number;
  ink: string;
  halo: string;
  family: string;
};

/** An epoch, and the value of each curve there. */
type MomentMark = { epoch: number; values: readonly number[]; colour: string };

type Axes = {
  x: (epoch: number) => number;
  epochs: ReturnType<typeof import("./epoch_axis.js").epochAxis>;
  y: (value: number) => number;
  values: readonly [number, number];
  /** Whether the axis has a place for a value. */
  shows: (value: number) => boolean;
};

type EdgeLayer = {
  /** Mean and root mean square of the slopes, (from, to), row by row. */
  mean: Float32Array;
  size: Float32Array;
  from: readonly Place[];
  to: readonly Place[];
};

/** Colours from edges that lower to those that raise (`edgeHues`), the line width of the strongest, and how much of all is seen. */
type EdgeLook = { hues: readonly string[]; thickest: number; shown: number };

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
  places: Uint8Array | Float32Array;
  shape: readonly number[];
  size: number;
  look: { colour: string; line: number };
};

type Surface = {
  /** Places among the colours, by rows from the top. */
  field: ArrayLike<number>;
  side: number;
  /** Packed pixels, one for each value. */
  colours: Uint32Array;
  /** Square, as large as the canvas; written and shown. */
  image: ImageData;
};

/** How far each class is behind the one that is decided for, and what the field gives the place in. */
type ClassSurface = Omit<Surface, "colours"> & { scores: Float32Array[]; palettes: Uint32Array[] };

/** How a number runs on a slider: positions low to high in steps, and the value that each position stands for. */
type Track = {
  low: number;
  high: number;
  step: number;
  valueAt: (position: number) => number;
  positionOf: (value: number) => number;
};

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
