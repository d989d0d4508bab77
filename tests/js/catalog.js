/**
 * A small catalog as the server would send it, for tests that need one. Its values are made up.
 */

/** As the server sends it: what is plain, as a linear scale, goes without saying (app/web/menus.py). */
export function createKnob(name, more = {}) {
  return { name, label: name, kind: "float", default: 0.5, low: 0, high: 1, ...more };
}

export function createSpec(name, knobs = [], more = {}) {
  return {
    name,
    label: name.toUpperCase(),
    formula: "",
    group: "",
    knobs,
    source: "",
    ...more,
  };
}

export function createConfig() {
  const layer = { units: 8, neuron: { name: "linear" }, activation: { name: "tanh" }, norm: "none", bias: true };
  return {
    data: { name: "spirals", arms: 2, count: 500, noise: 0, train_share: 0.5, scale: 1 },
    features: ["x", "y"],
    layers: [layer, structuredClone(layer)],
    output: { neuron: { name: "linear" }, bias: true },
    loss: { name: "cross_entropy" },
    optimizer: { name: "adam", learning_rate: 0.01 },
    batch: 10,
    l1: 0,
    l2: 0,
    seeds: { data: 0, run: 0 },
  };
}

export function createCatalog() {
  const degree = createKnob("degree", { kind: "int", default: 3, low: 1, high: 5 });
  const dataset = (name, task, knobs = []) => createSpec(name, knobs, { task, classes: 2 });
  return {
    version: "0",
    default: createConfig(),
    neurons: [createSpec("linear", [], { has_bias: true }), createSpec("polynomial", [degree])],
    activations: [createSpec("tanh"), createSpec("leaky_relu", [createKnob("slope")])],
    losses: [
      createSpec("mse", [], { tasks: ["classification", "regression"] }),
      createSpec("cross_entropy", [], { tasks: ["classification"] }),
    ],
    optimizers: [createSpec("adam", [createKnob("learning_rate", { default: 0.01 })])],
    datasets: [
      dataset("spirals", "classification", [createKnob("arms", { kind: "int", default: 2, low: 2, high: 5 })]),
      dataset("moons", "classification"),
      dataset("plane", "regression"),
      dataset("own", "classification", [
        createKnob("points", { kind: "points", default: [[0, 0, 1]] }),
        createKnob("task", { kind: "choice", default: "classification", choices: ["classification", "regression"] }),
      ]),
    ],
    features: [createSpec("x"), createSpec("y")],
    fields: {
      "data.count": createKnob("count", { kind: "int", default: 500, low: 4, high: 2000 }),
      "data.noise": createKnob("noise", { step: 0.01 }),
      "data.train_share": createKnob("train_share"),
      "layers.bias": createKnob("bias", { kind: "bool", default: true }),
      "layers.norm": createKnob("norm", { kind: "choice", default: "none", choices: ["none", "layer_norm"] }),
      "layers.units": createKnob("units", { kind: "int", default: 8, low: 1, high: 16 }),
      depth: createKnob("depth", { kind: "int", default: 2, low: 0, high: 6 }),
      l2: createKnob("l2", { default: 0, low: 0, high: 10, scale: "log" }),
    },
    changeable: ["batch", "l1", "l2", "optimizer"],
    view: {},
    speeds: [null, 10],
    first_visit: { speed: 10, remedies: [] },
  };
}
