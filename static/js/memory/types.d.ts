/** What a memory is on this page, and what is said of it. Read by the type checker and by people. */

type MachineName = "hopfield" | "boltzmann" | "hebb";

type MemorySettings = Record<string, number | string | boolean>;

/** Where a recall has ended: `of` are patterns, counted from 0. */
type Ending = {
  kind: "pattern" | "negative" | "mixture" | "elsewhere";
  of: number[];
  wrong: number;
  overlap: number;
};

/** What is measured of how many patterns fit: at each number of them, the share recalled. */
type Measured = {
  rule: string;
  units: number;
  seeds: number;
  progress: number;
  done: boolean;
  stopped: boolean;
  limit: number;
  points: { patterns: number; load: number; seeds: number; mean: number; low: number; median: number; high: number }[];
};

/** Patterns and starts are a 0 or a 1 for each unit, row by row from the top. */
type MemoryState = {
  machine: MachineName | null;
  settings: MemorySettings;
  knobs: Knob[];
  patterns: string[];
  start: string | null;
  link: string | null;
  /** The units as they are, from -1 to 1. */
  units: ArrayLike<number>;
  energies: number[];
  overlaps: number[];
  end: Ending | null;
  /** The unit that was updated last; -1 before the first. */
  last: number;
  /** Bytes for weights between units, row by row, and the largest of them. */
  weights: { field: Uint8Array; most: number } | null;
  epoch: number;
  step: number;
  playing: boolean;
  speed: number | null;
  connection: ConnectionState;
  remark: Sentence | null;
  measured: Measured | null;
  /** Of a machine that is not Hopfield's: what its newest frame says, with the arrays that only the first one brings. */
  facts: MemoryFacts;
  seen: Record<string, Tensor>;
  /** Of a Boltzmann machine, an epoch each: its number, the error, free energies of the data and of damaged data. */
  records: number[][];
  /** The newest frame, which is another object each time. */
  newest: object | null;
  /** What was drawn on the board last, kept while another machine has none. */
  drawn: { patterns: string[]; side: number } | null;
};

/** Of a Boltzmann machine, whether it dreams and for how many steps; of Hebb's units, their lengths and angles. */
type MemoryFacts = {
  dreaming?: boolean;
  dreamt?: number;
  ran_away?: boolean;
  lengths?: (number | null)[];
  angles?: (number | null)[];
  found?: boolean;
};

/** What a `memory` message says of the memory itself. */
type WantedMemory =
  | { link: string }
  | { machine: MachineName; settings: MemorySettings; patterns?: string[]; start?: string | null };

type MemoryStore = { state: MemoryState; set: (next: MemoryState) => void };

type MemoryPage = {
  catalog: Catalog;
  language: Language;
  store: MemoryStore;
  actions: import("./actions.js").MemoryActions;
  theme: () => Theme;
  ratio: () => number;
  looks: () => string;
  complete: () => Promise<unknown>;
};
