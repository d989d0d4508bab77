/**
 * What the race's chart shows: of each lane two curves of the run at hand, or the band of all its seeds; by epochs, by
 * multiply-adds or by seconds. Pure. Not here: how it is drawn (chart.js).
 */

/** Columns of a record: the test's value is one behind the train's. */
const COLUMNS = { loss: 1, accuracy: 3 };

/** Columns of a band (nncore/study/band.py): low, median, high; before them the epoch and how many runs. */
const BAND_COLUMNS = { loss: 2, accuracy: 5 };
const WIDTH = 8;

/** Multiply-adds are told in millions. */
const MILLION = 1e6;

/** What the lanes can be compared by: of values there is the loss alone. @param {RaceState} state @returns {Shown} */
export function shownValue({ lanes, chart }) {
  return lanes[0]?.layout.task === "regression" ? "loss" : chart.value;
}

/** Whether the chart shows all seeds, which have to be there. @param {RaceState} state */
export function showsSeeds({ chart, repeated }) {
  return chart.over === "seeds" && Object.keys(repeated).length > 0;
}

/**
 * How much an epoch of a lane counts on the axis: seconds are NaN before any were measured.
 *
 * @param {RaceState} state @param {RaceLane} lane
 */
export function unitOf({ points, chart }, lane) {
  if (chart.across === "epochs") return 1;
  if (chart.across === "seconds") return lane.frame?.body.epoch_seconds ?? Number.NaN;
  return (((lane.points ?? points)?.train.length ?? 1) * lane.cost.multiply_adds) / MILLION;
}

/** Where the axis ends. @param {RaceState} state */
export function endOf(state) {
  const ends = state.lanes.map(
    (lane) => (showsSeeds(state) ? state.epochs : Math.max(state.epochs, lane.epoch)) * unitOf(state, lane),
  );
  return Math.max(...ends.filter(Number.isFinite), 1e-9);
}

/**
 * @param {RaceState} state @param {number} em @param {(lane: string) => string} colourOf
 * @returns {{ curves: Curve[], bands: Band[] }}
 */
export function curvesOf(state, em, colourOf) {
  const value = shownValue(state);
  /** @type {Curve[]} */
  const curves = [];
  /** @type {Band[]} */
  const bands = [];
  for (const lane of state.lanes) {
    const unit = unitOf(state, lane);
    if (Number.isNaN(unit)) continue;
    const colour = colourOf(lane.lane);
    if (showsSeeds(state)) {
      const rows = bandOf(state, lane.lane, value).map(({ epoch, ...rest }) => ({ x: epoch * unit, ...rest }));
      bands.push({ colour, rows });
      const edge = { colour, dash: [em * 0.1, em * 0.25], faint: true };
      curves.push({ ...edge, samples: rows.map(({ x, low }) => [x, low]) });
      curves.push({ ...edge, samples: rows.map(({ x, high }) => [x, high]) });
      curves.push({ colour, dash: [], samples: rows.map(({ x, median }) => [x, median]) });
    } else {
      const samples = (/** @type {number} */ column) =>
        lane.history.map((row) => /** @type {const} */ ([row[0] * unit, row[column]]));
      curves.push({ samples: samples(COLUMNS[value]), colour, dash: [em * 0.3, em * 0.3] });
      curves.push({ samples: samples(COLUMNS[value] + 1), colour, dash: [] });
    }
  }
  return { curves, bands };
}

/** The test's last value of a lane, of all its seeds the median; NaN where there is none. @param {RaceState} state @param {RaceLane} lane */
export function lastOf(state, lane) {
  const value = shownValue(state);
  if (showsSeeds(state)) return bandOf(state, lane.lane, value).at(-1)?.median ?? Number.NaN;
  return lane.history.at(-1)?.[COLUMNS[value] + 1] ?? Number.NaN;
}

/** @param {RaceState} state @param {string} lane @param {Shown} value */
export function bandOf({ repeated }, lane, value) {
  const { data } = repeated[lane]?.arrays.band ?? { data: [] };
  const first = BAND_COLUMNS[value];
  return Array.from({ length: data.length / WIDTH }, (_, row) => {
    const at = row * WIDTH;
    const [low, median, high] = [0, 1, 2].map((part) => data[at + first + part]);
    return { epoch: data[at], runs: data[at + 1], low, median, high };
  });
}
