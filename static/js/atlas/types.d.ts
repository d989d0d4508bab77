/** The atlas as the server gives it (app/atlas/table.py), and as the page reads it. For the type checker and for people. */

/** One combination; `run` and `race` are queries. */
type AtlasCell = {
  data: string;
  network: number;
  activation: string;
  neuron: string;
  parameters: number;
  multiply_adds: number;
  solved: number;
  low: number;
  high: number;
  accuracy: number | null;
  accuracy_low: number | null;
  accuracy_high: number | null;
  epochs: number | null;
  diverged: number;
  run: string;
  race: string | null;
};

/** One dataset and one cascade of forests; `run` is a query. */
type ForestCell = {
  data: string;
  forest: number;
  nodes: number;
  solved: number;
  low: number;
  high: number;
  accuracy: number | null;
  accuracy_low: number | null;
  accuracy_high: number | null;
  levels: number | null;
  run: string;
};

type AtlasNetwork = { layers: number; budget: number };

type Atlas = {
  runs: number;
  surely: number;
  epochs: number;
  bar: number;
  plain: string;
  data: string[];
  networks: AtlasNetwork[];
  activations: string[];
  neurons: string[];
  labels: { data: string[]; activations: string[]; neurons: string[] };
  cells: AtlasCell[];
  forests: { cascades: { forests: number; trees: number; levels: number }[]; cells: ForestCell[] };
};

/** What the reader looks at; all of it is in the address. */
type AtlasChoice = {
  show: "fewest" | "solved";
  activation: string;
  network: number;
  opens: "race" | "run";
  data: string;
  kinds: string[];
  value: "accuracy" | "solved";
  across: "parameters" | "multiply_adds";
};

type AtlasPage = {
  language: Language;
  atlas: Atlas;
  choose: (choice: Partial<AtlasChoice>) => void;
};
