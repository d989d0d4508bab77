/** What a race is on this page, and what is said of it. Read by the type checker and by people. */

type LaneFall = Said & { epoch: number; step: number; layer: number };

/** A lane as it was lined up, and what has come of it since. */
type RaceLane = {
  lane: string;
  config: Config;
  link: string | null;
  layout: Layout;
  parameters: number;
  cost: { multiply_adds: number; additions: number; transcendentals: number };
  epoch: number;
  solved: number | null;
  diverged: LaneFall | null;
  frame: Frame | null;
  history: Row[];
  /** Its own, where they are others than the first lane's. */
  points?: Points | null;
};

type Measure = "parameters" | "multiply_adds";
type Near = { size: number; width: number; near: boolean };
type RaceBudget = { measure: Measure; target: number; lanes: (Near | null)[] };

/** Shares and figures of a lane's repetitions; while they run, its progress alone. */
type Repeated = {
  lane: string;
  progress?: number;
  parameters: number;
  cost: { multiply_adds: number };
  solved?: { count: number; of: number; low: number; high: number };
  test_accuracy?: Score;
  test_loss?: Score;
  median_epochs: number | null;
  diverged: number;
};
type Score = { interquartile_mean: number | null; low: number | null; high: number | null };

/** A seed's run, by the link that opens it. */
type SeedRun = {
  link: string | null;
  data_seed: number;
  run_seed: number;
  epoch: number;
  solved: number | null;
  loss: { train: number | null; test: number | null };
  accuracy: { train: number; test: number } | null;
  diverged: number | null;
};

/** A lane's repetitions: `band` and every seed's `output`, with its range and perhaps `output_scores`, as a frame has them. */
type LaneRuns = { lane: string; runs: SeedRun[]; arrays: Record<string, Tensor> };

type RaceTally = {
  seeds: number;
  fresh: string;
  progress: number;
  done: boolean;
  stopped: boolean;
  lanes: Repeated[];
  a_beats_b: number | null;
};

type RaceState = {
  lanes: RaceLane[];
  points: Points | null;
  link: string | null;
  differences: string[];
  epochs: number;
  seeds: number;
  bar: number;
  fresh: string;
  budget: RaceBudget | null;
  playing: boolean;
  /** The epoch to which its link shows it, until the reader goes on from there. */
  target: number | null;
  speed: number | null;
  connection: ConnectionState;
  remark: Sentence | null;
  tally: RaceTally | null;
  /** What is there of the repetitions, by lane. */
  repeated: Record<string, LaneRuns>;
  chart: { value: Shown; across: "epochs" | "multiply_adds" | "seconds"; over: "run" | "seeds" };
};

type Shown = "loss" | "accuracy";

/** Of many runs, by what the chart goes by, the middle half. */
type Band = { colour: string; rows: { x: number; runs: number; low: number; median: number; high: number }[] };

/** What a `race` message says of the race itself. */
type WantedRace =
  | { link: string }
  | {
      lanes: Config[];
      epochs: number;
      seeds: number;
      bar: number;
      fresh: string;
      budget: { measure: Measure; target: number } | null;
    };

type RaceStore = { state: RaceState; set: (next: RaceState) => void };

type RacePage = Pick<Page, "catalog" | "language" | "options" | "naming" | "theme" | "ratio" | "signal" | "complete"> & {
  store: RaceStore;
  actions: import("./actions.js").RaceActions;
  /** What the address says of language, theme and palette. */
  looks: () => string;
  /** Of a lane, from a to f. */
  colourOf: (lane: string) => string;
  /** The cards of kinds, asked for one lane. */
  pickerPage: (lane: () => RaceLane) => Page;
};
