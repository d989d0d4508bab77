/** What GET api/labs/{name} tells (app/lessons/sheet.py), and what the page keeps of it. */

/** What a lab needs of the page beside which it stands. */
type LabPage = {
  address: {
    place: Pick<Location, "pathname" | "search">;
    history: Pick<History, "pushState">;
    flush: () => void;
  };
  catalog: Catalog;
  language: Language;
  signal: AbortSignal;
  /** `newest` is another object whenever there is something new to be seen. */
  store: { state: { newest: object | null; remark: Sentence | null }; set: (next: any) => void };
  actions: { follow: (link: string, keep?: boolean) => void };
  inspection?: { unpin: () => void };
};

type LabCondition = {
  what: string;
  at_least?: number;
  at_most?: number;
  only?: string[];
  has?: string[];
  without?: string[];
};

type LabHint = { at: string; stages: [where: string, how: string] };

type LabRuns = {
  claim: string;
  label: string;
  /** Where it can be opened. */
  address: string;
  said: Record<string, string>;
  /** Of each run, the share of test points that it has right. */
  accuracies: number[];
};

type LabStep = {
  /** Beside which page: the playground, or the memory. */
  page: "" | "memory";
  kind: "read" | "predict" | "do" | "see" | "explain";
  title: string;
  html: string;
  at: string;
  /** The number of the step whose experiment this one goes on with. */
  opened: number;
  choices?: { id: string; html: string }[];
  answer?: string;
  number?: { low: number; high: number; near: number; answer: number };
  /** Whether the boundary is to be drawn. */
  sketch?: boolean;
  then?: string;
  goal?: LabCondition[];
  hints?: LabHint[];
  runs?: LabRuns[];
  /** What the runs' shares are shares of. */
  axis?: string;
};

type LabSheet = { name: string; number: number; title: string; steps: LabStep[] };

/** Places in the plane's coordinates, in the order in which they were drawn. */
type Stroke = [x: number, y: number][];

/** The share of the picture where a sketch and the network agree, and where the network and no line at all would. */
type Likeness = { alike: number; plain: number };

/** A boundary as it was foretold; how like it is to the network's, once there was one to compare with. */
type LabSketch = { strokes: Stroke[]; likeness: Likeness | null };

/** A choice, a number or a sketch. */
type Guess = string | number | LabSketch;

/** The server's verdict on a goal: which conditions hold, the numbers they are about, the hint that fits. */
type LabVerdict = {
  lab: string;
  step: number;
  epoch: number;
  met: boolean;
  conditions: boolean[];
  now: (number | string[] | null)[];
  hint: number | null;
};
