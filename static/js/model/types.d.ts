/**
 * What the server offers (docs/reference/protocol.md is its text), what defines a run, and what the page keeps of it.
 * Read by the type checker and by people.
 */

type Actions = import("./actions.js").Actions;
type Inspection = import("./inspection.js").Inspection;

type Value = number | boolean | string | Point[] | string[] | number[];

type Knob = {
  name: string;
  label: string;
  kind: "float" | "int" | "bool" | "choice" | "points" | "texts" | "numbers";
  default: Value;
  low?: number | null;
  high?: number | null;
  choices?: string[];
  scale?: "linear" | "log";
  step?: number | null;
};

type Spec = {
  name: string;
  label: string;
  /** Of what the page begins with; the others' come later. */
  sentence?: string;
  /** Of neurons, once it is known. */
  formula_mathml?: string;
  formula_without_bias_mathml?: string;
  /** Of neurons. */
  has_bias?: boolean;
  group: string;
  knobs: Knob[];
  /** Of neurons: the shape that one unit draws where it is 0. */
  zero_set?: string;
  /** Of losses: what they can measure. */
  tasks?: Task[];
};

/** z of a typical unit over the plane: bytes in base64, those under 128 for values below 0. */
type Portrait = { side: number; field: string };

type Task = "classification" | "regression";
type LossSpec = Spec & { tasks: Task[] };

type DatasetSpec = Spec & { task: Task; classes: number };

/** Of a feature: values over the unit square, rows from the top. */
type Thumbnail<Field> = { side: number; low: number; high: number; field: Field };

/** In the order of the catalog, as letters: `unpack` reads them. */
type PackedThumbnails = {
  datasets: { x: string; y: string; target: string };
  features: { side: number; low: number[]; high: number[]; field: string };
};

/** By name: points of datasets, bytes of features. */
type Thumbnails = { datasets: Record<string, Point[]>; features: Record<string, Thumbnail<Uint8Array>> };

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
  features: Spec[];
  fields: Record<string, Knob>;
  /** The paths that a running run can change and keep its weights. */
  changeable: string[];
  view: Record<string, Knob>;
  speeds: (number | null)[];
  /** Of right answers, in a run that counts as solved. */
  solved_share: number;
  /** What a page without a link begins with, and what it says to try. */
  first_visit: { speed: number; remedies: Remedy[] };
  limits: Limits;
};

type Registry = "neurons" | "activations" | "losses" | "optimizers" | "datasets" | "features";

/** An entry by name, its knobs beside it. */
type Choice = { name: string; [knob: string]: Value };

type LayerConfig = { units: number; neuron: Choice; activation: Choice; bias: boolean; [field: string]: Value | Choice };

type Config = {
  data: Choice & { count: number; noise: number; train_share: number; scale: number };
  features: string[];
  layers: LayerConfig[];
  output: { neuron: Choice; bias: boolean };
  loss: Choice;
  optimizer: Choice;
  batch: number;
  l1: number;
  l2: number;
  seeds: { data: number; run: number };
  /** Of a cascade of forests: its levels then stand where layers do (family.js). */
  forest?: ForestConfig;
};

type ForestConfig = {
  random: number;
  completely_random: number;
  trees: number;
  tree_depth: number;
  folds: number;
  levels: number;
  patience: number;
  hand_on: boolean;
};

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
  /** whether its steps can be asked for */
  fires: boolean;
};

/** How a unit fires at a place, step by step. */
type RasterAnswer = Unit & {
  point: [number, number];
  current: number | null;
  threshold: number;
  membrane: (number | null)[];
  fired: boolean[];
};

/** Of each layer, the output layer last. */
type HealthAnswer = { [figure in "gradient" | "dead" | "saturated"]: (number | null)[] };

type TraceAnswer = {
  point: [number, number];
  inputs: (number | null)[];
  layers: (number | null)[][];
  prediction: (number | null)[];
};

/** The loss around the weights: rows from the top, and what it is at the weights themselves. */
type LandscapeAnswer = { id: number; seed: number; epoch: number; points: number; steps: number[]; loss: number[][]; center: number };

type CheckAnswer = { worst: number; parameter: string; parameters: number; points: number; own: string[] };

/** Epoch, losses of train and test, accuracies of train and test. */
type Row = [number, number, number, number, number];

/** At the end of an epoch a setting was given another value, or, where there is none, the run diverged in the one after it. */
type RunEvent = { epoch: number; path: string | null; value?: Value | Choice };

/** A run that is over, as it was seen here; `drifted`: a setting was changed in mid-run. */
type Run = Pick<State, "config" | "history" | "parameters" | "drifted">;

/** What is noted of a run: its share of right answers and its loss are of the test points. */
type PinnedRun = {
  link: string | null;
  drifted: boolean;
  config: Config;
  parameters: number;
  epoch: number;
  solved: number | null;
  best: number | null;
  loss: number | null;
};

type Moment = { frame: Frame; bytes: number };
type Points = { train: Point[]; test: Point[] };

/** A hidden layer and two of its units: one drawn across, one upwards. */
type UnitPair = { layer: number; x: number; y: number };

type LensState = { open: boolean; picture: "decision" | "space" | "health"; pairs: readonly UnitPair[] };

type State = {
  /** What the reader has chosen and the controls show. */
  config: Config;
  /** The last one that the server has taken. */
  good: Config | null;
  playing: boolean;
  /** Epochs per second, null for all there are. */
  speed: number | null;
  /** Where the run stops by itself: at the end of an epoch, when "solved", on a "plateau"; null for nowhere. */
  until: number | string | null;
  connection: ConnectionState;
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
  /** What happened to the run, oldest first. */
  events: readonly RunEvent[];
  /** The run before this one, on the same points. */
  past: Run | null;
  /** What the two say beside each other. */
  compared: Said | null;
  inspect: Unit | null;
  lens: LensState;
  /** The output without shades, and whether test points are seen. */
  discrete: boolean;
  tests: boolean;
  /** A setting was changed in mid-run: training the same settings from the beginning would differ. */
  drifted: boolean;
  /** On a first visit: what to try. */
  first: Said | null;
  /** What a reader must see until the next action: refused, diverged, a notice. */
  remark: Sentence | null;
  /** Why the default run is shown and not that of a link, for as long as it is. */
  standsIn: Said | null;
};

/** What a tab keeps of a run that no link holds. */
type Kept = Pick<State, "config" | "draft">;

type Show = (state: State) => void;
type Fields = readonly (keyof State)[];
/** What a panel needs, by the region of the page in which it is drawn. */
type Needs = Partial<
  Record<"controls" | "place" | "network" | "output" | "points" | "inspector" | "readouts" | "status", Fields>
>;
/** A panel that shows the state where something is another that it needs. */
type Panel = { needs: Needs; show: Show };
type Store = { state: State; set: (next: State) => void };
