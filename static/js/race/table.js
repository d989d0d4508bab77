/**
 * The repetitions as a tidy table: a row for each lane and seed, with the link that opens that very run. Pure.
 */

const COLUMNS = [
  ...["lane", "neuron", "activation", "layers", "parameters", "multiply_adds", "data_seed", "run_seed", "epochs"],
  ...["solved_epoch", "diverged_epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "link"],
];

/** @param {RaceState} state @param {(link: string) => string} hrefOf @returns {string} CSV as RFC 4180 has it */
export function tableOf({ lanes, repeated }, hrefOf) {
  const rows = lanes.flatMap((lane) =>
    (repeated[lane.lane]?.runs ?? []).map((run) => [
      ...madeOf(lane),
      run.data_seed,
      run.run_seed,
      run.epoch,
      run.solved,
      run.diverged,
      run.loss.train,
      run.loss.test,
      run.accuracy?.train,
      run.accuracy?.test,
      run.link === null ? null : hrefOf(run.link),
    ]),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** @param {RaceLane} lane */
function madeOf({ lane, config, parameters, cost }) {
  const { layers, output } = config;
  const kinds = (/** @type {string[]} */ names) => [...new Set(names)].join(" ");
  return [
    lane,
    kinds((layers.length > 0 ? layers : [output]).map(({ neuron }) => neuron.name)),
    kinds(layers.map(({ activation }) => activation.name)),
    layers.map(({ units }) => units).join("-"),
    parameters,
    cost.multiply_adds,
  ];
}

/** @param {string | number | null | undefined} value what is not there is empty */
function cell(value) {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
