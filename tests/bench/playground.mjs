/**
 * The core of TensorFlow Playground as a program: a network of node and link objects, trained a point at a time in
 * JavaScript's doubles, its surfaces worked out a place at a time. Written anew after its published behaviour, in the
 * same structure (objects that hold lists of each other, activations called by reference), for that is what its speed
 * comes from. `test_playground.py` holds it against our own gradients.
 *
 * Orders are lines of JSON on standard input, each answered by one line. Started by playground.py.
 */

import { createInterface } from "node:readline";

const tanh = {
  output: (/** @type {number} */ x) => Math.tanh(x),
  derivative(/** @type {number} */ x) {
    const output = tanh.output(x);
    return 1 - output * output;
  },
};

const squareError = {
  error: (/** @type {number} */ output, /** @type {number} */ target) => 0.5 * (output - target) ** 2,
  derivative: (/** @type {number} */ output, /** @type {number} */ target) => output - target,
};

class Node {
  /** @type {Link[]} */
  inputs = [];
  /** @type {Link[]} */
  outputs = [];
  bias = 0.1;
  totalInput = 0;
  output = 0;
  outputSlope = 0;
  inputSlope = 0;
  slopeSum = 0;
  slopeCount = 0;

  constructor(/** @type {string} */ id) {
    this.id = id;
    this.activation = tanh;
  }

  update() {
    this.totalInput = this.bias;
    for (let j = 0; j < this.inputs.length; j++) {
      const link = this.inputs[j];
      this.totalInput += link.weight * link.source.output;
    }
    this.output = this.activation.output(this.totalInput);
    return this.output;
  }
}

class Link {
  isDead = false;
  slope = 0;
  slopeSum = 0;
  slopeCount = 0;
  weight = Math.random() - 0.5;

  constructor(/** @type {Node} */ source, /** @type {Node} */ target) {
    this.id = `${source.id}-${target.id}`;
    this.source = source;
    this.target = target;
  }
}

/** Layers of nodes, the inputs first. @param {number[]} sizes */
function build(sizes) {
  let id = 1;
  /** @type {Node[][]} */
  const network = [];
  for (const [index, size] of sizes.entries()) {
    /** @type {Node[]} */
    const layer = [];
    for (let i = 0; i < size; i++) {
      const node = new Node(`${id++}`);
      layer.push(node);
      for (const before of index > 0 ? network[index - 1] : []) {
        const link = new Link(before, node);
        before.outputs.push(link);
        node.inputs.push(link);
      }
    }
    network.push(layer);
  }
  return network;
}

/** @param {Node[][]} network @param {number[]} inputs */
function forward(network, inputs) {
  const first = network[0];
  for (let i = 0; i < first.length; i++) first[i].output = inputs[i];
  for (let index = 1; index < network.length; index++) {
    const layer = network[index];
    for (let i = 0; i < layer.length; i++) layer[i].update();
  }
  return network[network.length - 1][0].output;
}

/** @param {Node[][]} network @param {number} target @param {typeof squareError} loss */
function backward(network, target, loss) {
  const last = network[network.length - 1][0];
  last.outputSlope = loss.derivative(last.output, target);
  for (let index = network.length - 1; index >= 1; index--) {
    const layer = network[index];
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i];
      node.inputSlope = node.outputSlope * node.activation.derivative(node.totalInput);
      node.slopeSum += node.inputSlope;
      node.slopeCount++;
    }
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i];
      for (let j = 0; j < node.inputs.length; j++) {
        const link = node.inputs[j];
        if (link.isDead) continue;
        link.slope = node.inputSlope * link.source.output;
        link.slopeSum += link.slope;
        link.slopeCount++;
      }
    }
    if (index === 1) continue;
    const before = network[index - 1];
    for (let i = 0; i < before.length; i++) {
      const node = before[i];
      node.outputSlope = 0;
      for (let j = 0; j < node.outputs.length; j++) {
        const output = node.outputs[j];
        node.outputSlope += output.weight * output.target.inputSlope;
      }
    }
  }
}

/** @param {Node[][]} network @param {number} rate */
function step(network, rate) {
  for (let index = 1; index < network.length; index++) {
    const layer = network[index];
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i];
      if (node.slopeCount > 0) {
        node.bias -= (rate * node.slopeSum) / node.slopeCount;
        node.slopeSum = 0;
        node.slopeCount = 0;
      }
      for (let j = 0; j < node.inputs.length; j++) {
        const link = node.inputs[j];
        if (link.isDead || link.slopeCount === 0) continue;
        link.weight -= (rate / link.slopeCount) * link.slopeSum;
        link.slopeSum = 0;
        link.slopeCount = 0;
      }
    }
  }
}

/** Each batch in the order of the points, as the original does. */
function epoch(/** @type {State} */ { network, points, batch, rate }) {
  points.forEach((point, index) => {
    forward(network, [point.x, point.y]);
    backward(network, point.label, squareError);
    if ((index + 1) % batch === 0) step(network, rate);
  });
}

/** @param {Node[][]} network @param {{x: number, y: number, label: number}[]} points */
function meanLoss(network, points) {
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const { x, y, label } = points[i];
    sum += squareError.error(forward(network, [x, y]), label);
  }
  return points.length ? sum / points.length : 0;
}

/** Every node's output at density² places, as [column][row] by the node's id. */
function surfaces(/** @type {Node[][]} */ network, /** @type {number} */ density) {
  /** @type {Record<string, number[][]>} */
  const found = {};
  const nodes = network.slice(1).flat();
  for (const node of nodes) found[node.id] = new Array(density);
  for (let i = 0; i < density; i++) {
    for (const node of nodes) found[node.id][i] = new Array(density);
    for (let j = 0; j < density; j++) {
      const x = -1 + (2 * i) / (density - 1);
      const y = 1 - (2 * j) / (density - 1);
      forward(network, [x, y]);
      for (const node of nodes) found[node.id][i][j] = node.output;
    }
  }
  return found;
}

/** @typedef {{network: Node[][], points: {x: number, y: number, label: number}[], test: {x: number, y: number, label: number}[], batch: number, rate: number}} State */

/** @type {State} */
let state = { network: [], points: [], test: [], batch: 1, rate: 0 };
let seen = 0;

const orders = {
  /** Weights are (units, inputs + 1) a layer, a unit's last number its bias. */
  open({ sizes, weights, points, test, batch, rate }) {
    const network = build(sizes);
    for (const [index, layer] of weights.entries()) {
      for (const [i, numbers] of layer.entries()) {
        const node = network[index + 1][i];
        node.bias = numbers[numbers.length - 1];
        for (const [j, link] of node.inputs.entries()) link.weight = numbers[j];
      }
    }
    const named = (/** @type {number[][]} */ rows) => rows.map(([x, y, label]) => ({ x, y, label }));
    state = { network, points: named(points), test: named(test), batch, rate };
    return {};
  },
  epochs({ count }) {
    for (let i = 0; i < count; i++) epoch(state);
    return {};
  },
  /** One frame of its work: an epoch, every node's surface, both losses. */
  frames({ count, density }) {
    for (let i = 0; i < count; i++) {
      epoch(state);
      const found = surfaces(state.network, density);
      // Something has to look at them, or a compiler could leave them out.
      seen += found[state.network[1][0].id][0][0] + meanLoss(state.network, state.points);
      seen += meanLoss(state.network, state.test);
    }
    return {};
  },
  weights() {
    const layers = state.network.slice(1);
    return {
      weights: layers.map((layer) => layer.map((node) => [...node.inputs.map((link) => link.weight), node.bias])),
      loss: meanLoss(state.network, state.points),
      seen,
    };
  },
  surfaces: ({ density }) => ({ surfaces: state.network.slice(1).map((layer) => {
    const found = surfaces(state.network, density);
    return layer.map((node) => found[node.id]);
  }) }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(orders[order.do](order))}\n`);
}
