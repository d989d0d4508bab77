/** What the server says of a table (docs/reference/tables.md is its text), and what a reader says. Read by the type checker and by people. */

type TableRole = "x" | "y" | "label";

/** What is asked for by the reader, as parameters of the address; what is left out, the table tells. */
type TableChoices = Partial<Record<TableRole | "task" | "header" | "decimal" | "encoding" | "sample", string>>;

type TableColumn = {
  name: string;
  kind: "number" | "text" | "row_number" | "constant" | "empty";
  distinct: number;
  gaps: number;
  whole: boolean;
  low: number | null;
  high: number | null;
};

type TableAnswer = {
  form: string;
  encoding: string;
  separator: string;
  decimal: "" | "point" | "comma";
  header: boolean;
  rows: number;
  /** The first rows as they were read, the columns of each that are gaps, and where the rows stand. */
  preview: string[][];
  preview_gaps: number[][];
  lines: number[];
  columns: TableColumn[];
  chosen: (Record<TableRole, number> & { split: number | null }) | null;
  doubtful: boolean;
  tasks: Task[];
  notes: Said[];
};

/** Points, or a refusal; beside a refusal the table, where it could be read. */
type TableReply = Partial<Said> & {
  knobs?: { points: Point[]; task: Task; names?: string[]; train_share?: number };
  classes?: string[];
  table?: TableAnswer;
};

/** Something that helps: what its button says, and what is asked for then. */
type TableOffer = { key: string; values: Record<string, string | number>; choices: TableChoices };
