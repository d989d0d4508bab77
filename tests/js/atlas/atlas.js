/** A small atlas, as the server gives one: two datasets, three networks, two activations, three kinds. */

const COLUMNS =
  "data network activation neuron parameters multiply_adds solved low high accuracy accuracy_low accuracy_high epochs diverged run race";

/** @type {Record<string, number[]>} solved by network, for "data activation neuron" */
const SOLVED = {
  "0 0 0": [20, 20, 20],
  "0 0 1": [18, 20, 20],
  "0 0 2": [17, 20, 20],
  "1 0 0": [0, 2, 17],
  "1 0 1": [0, 18, 20],
  "1 0 2": [3, 4, 19],
  "0 1 0": [0, 20, 20],
  "0 1 1": [0, 0, 0],
  "0 1 2": [0, 0, 0],
  "1 1 0": [0, 0, 0],
  "1 1 1": [0, 0, 0],
  "1 1 2": [0, 0, 0],
};

/** Parameters by kind and network: the third kind's come in another order than its networks do. */
const SIZES = [
  [17, 33, 67],
  [17, 31, 55],
  [21, 121, 79],
];

/** Of both cascades on one dataset. @param {string} data @param {number[]} solved */
const forest = (data, ...solved) =>
  solved.map((count, place) => {
    const score = { accuracy: 0.97, accuracy_low: 0.96, accuracy_high: 0.98 };
    const facts = { data, forest: place, nodes: 1000 * (place + 1), solved: count, low: 0.8, high: 1, levels: 1 };
    return { ...facts, ...score, run: `forest=${place}` };
  });

export function createServed() {
  const cells = Object.entries(SOLVED).flatMap(([key, solved]) => {
    const [data, activation, neuron] = key.split(" ").map(Number);
    return solved.map((count, network) => {
      const size = SIZES[neuron][network];
      const race = neuron === 0 ? null : `b.neuron=${neuron}&network=${network}`;
      const share = count / 20;
      return [
        ...[data, network, activation, neuron, size, size - 5, count, share - 0.1, Math.min(1, share + 0.1)],
        ...[share === 0 ? null : 0.9, 0.88, 0.92, count > 10 ? 12.5 : null, count === 3 ? 2 : 0, `run=${key}`, race],
      ];
    });
  });
  return {
    runs: 20,
    surely: 18,
    epochs: 200,
    bar: 0.95,
    plain: "linear",
    data: ["circles", "spirals"],
    networks: [
      { layers: 1, budget: 16 },
      { layers: 1, budget: 32 },
      { layers: 2, budget: 64 },
    ],
    activations: ["tanh", "relu"],
    neurons: ["linear", "quadratic", "kan"],
    forests: {
      cascades: [
        { forests: 2, trees: 4, levels: 1 },
        { forests: 4, trees: 16, levels: 5 },
      ],
      cells: [...forest("circles", 17, 19), ...forest("spirals", 18, 20)],
    },
    labels: {
      data: ["Circles", "Spirals"],
      activations: ["Tanh", "ReLU"],
      neurons: ["Linear", "Quadratic", "Kolmogorov-Arnold (KAN)"],
    },
    columns: COLUMNS.split(" "),
    cells,
  };
}
