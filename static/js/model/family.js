/**
 * Networks and forests: on the page a forest's levels stand where a network's layers do, its surfaces where units do.
 *
 * The server knows no layers of a forest: they are put in when its Config comes, and taken out when it goes. What only a
 * forest has is fetched when one is chosen (panels/network/forest.js).
 */

/** What a layer has that a level has not, as every panel may read it. */
const PLAIN = {
  neuron: { name: "linear" },
  activation: { name: "identity" },
  norm: "none",
  dropout: 0,
  residual: false,
  bias: true,
};

/** @param {Config} config @param {number} [classes] @returns {Config} */
export function withLevels(config, classes = 2) {
  const { forest } = config;
  if (!forest) return config;
  const units = (forest.random + forest.completely_random) * (classes > 2 ? classes : 1);
  return { ...config, layers: Array.from({ length: forest.levels }, () => ({ ...PLAIN, units })) };
}

/** As the server takes it. @param {Config} config @returns {Config} */
export function withoutLevels(config) {
  return config.forest ? { ...config, layers: [] } : config;
}
