/**
 * Words: what the page says, and the sentences that the server sends (docs/reference/protocol.md).
 * Read by the type checker and by people.
 */

type Language = import("./language.js").Language;

/** Words by key. */
type Table = Record<string, string>;

/** What is fetched later: words of panels, translations, and the server's own sentences on what is in the catalog. */
type Rest = { messages: Table; entries: Table; sentences: Table };

/** A hint's words, or what fills them in, and does it again when those come that are not here yet. */
type Hint = string | ((fill: (words: string) => void) => void);

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

/** What the status line says: `key` is a message of the table, `said` a sentence of the server's, `all` where there are more. */
type Sentence = {
  tone: "calm" | "warn";
  key?: string;
  values?: Record<string, string | number>;
  said?: Said;
  all?: Said[];
  /** The epoch after which it is no longer worth saying. */
  until?: number;
};
