/** What the page is as a whole, and what every panel is given of it. Read by the type checker and by people. */

type Address = import("./address.js").Address;
type Keeper = import("./keeper.js").Keeper;

type Display = {
  lang: "en" | "zh";
  theme: "auto" | "light" | "dark";
  palette: "blue_orange" | "purple_green";
  mode: "desk" | "present";
};

type Page = {
  address: Address;
  catalog: Catalog;
  language: Language;
  store: Store;
  actions: Actions;
  keeper: Keeper;
  inspection: Inspection;
  theme: () => Theme;
  /** Ends when the page is made anew in another language: what listens to more than its own elements ends with it. */
  signal: AbortSignal;
  /** Device pixels per CSS pixel. */
  ratio: () => number;
  /** The entries of a registry, as a menu lists them. */
  options: (registry: Registry) => Option[];
  /** Where kinds of neurons are chosen. */
  cards: import("../widgets/late_panel.js").LatePanel<import("../widgets/neuron_cards.js").NeuronCards>;
  /** Settles once there is a picture, or is none for long: what nobody waits for is fetched then. */
  pictured: Promise<unknown>;
  /** Small pictures of datasets and features; null until they are here. */
  thumbnails: () => Thumbnails | null;
  /** Fills in those of the catalog's formulas that the page does not begin with. */
  formulas: () => Promise<void>;
  /** Brings the words and styles of panels that are fetched later. */
  complete: () => Promise<unknown>;
  /** Draws everything anew, with the next frame. */
  redraw: () => void;
  /** How the control of a Config's field is called. */
  naming: (path: string, testid: string) => Naming;
};

/** Of each part of the page: the width from which a frame shows it, null for on request, and what it stands within. */
type Framed = Record<string, [width: number | null, within: string]>;
