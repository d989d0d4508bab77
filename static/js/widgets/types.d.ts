/**
 * What controls are made of, and the colours they and the canvases have.
 * Read by the type checker and by people.
 */

type Naming = {
  label: string;
  hint?: Hint;
  testid?: string;
  /** The label is for assistive technology only. */
  bare?: boolean;
  /** Its name for assistive technology, where the label alone would say too little. */
  spoken?: string;
  /** What people call one of a knob's choices. */
  word?: (choice: string) => string;
};

/** What a clock asks for: of a run, or of every lane of a race. */
type ClockActions = { toggle: () => void; step: () => void; reset: () => void; speed: (rate: number | null) => void };

type Option = { value: string; text: string; hint?: Hint; group?: string };

/** It is shown a value and says what the reader chose; it keeps nothing. */
type Control<T> = { element: HTMLElement; show: (value: T) => void };

/** `why` stands in the place of the name where a control can say why it is off. */
type Disabling = { enable: (on: boolean, why?: string) => void };

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
  /** Of edges, from those that lower to those that raise. */
  edgeHues: readonly string[];
  ink: string;
  /** The ink as numbers. */
  line: Rgb;
  soft: string;
  warn: string;
  grid: string;
  ground: string;
  accent: string;
  train: string;
  test: string;
  family: string;
};
