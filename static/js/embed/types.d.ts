/** Who shows this page in a frame. Read by the type checker and by people. */

/** Who shows this page in a frame, and what starts it. */
type Host = {
  post: (message: object) => void;
  /** Connects: somebody sees it. */
  begin: () => void;
  wait: (run: () => void, milliseconds: number) => void;
  words: (sentence: Sentence) => string | Promise<string>;
  /** What a host is told beside what is known of a run. */
  facts?: () => object;
};
