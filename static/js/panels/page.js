/**
 * What every panel is given: the catalog, the words, the state and what can be done.
 *
 * It also turns registries and fields into what controls need, so that no panel reads labels by itself.
 */

import { findField } from "../catalog.js";

/** @typedef {import("../catalog.js").Catalog} Catalog */
/** @typedef {import("../language.js").Language} Language */

/**
 * @typedef {object} Page
 * @property {Catalog} catalog
 * @property {Language} language
 * @property {import("../actions.js").Store} store
 * @property {import("../actions.js").Actions} actions
 * @property {(registry: import("../catalog.js").Registry) => import("./controls.js").Option[]} options menu entries
 * @property {((path: string, testid: string) => import("./controls.js").Naming) & { knob: (path: string) => import("../catalog.js").Knob }} field
 * @property {() => import("./theme.js").Theme} theme
 * @property {() => number} ratio device pixels per CSS pixel
 */

/**
 * @param {Omit<Page, "options" | "field">} base
 * @returns {Page}
 */
export function createPage(base) {
  const { catalog, language } = base;
  const options = (/** @type {import("../catalog.js").Registry} */ registry) =>
    catalog[registry].map(({ name, label, sentence }) => ({
      value: name,
      text: language.translate(`${registry}.${name}`, label),
      hint: language.translate(`${registry}.${name}.sentence`, sentence),
    }));
  const field = Object.assign(
    (/** @type {string} */ path, /** @type {string} */ testid) => {
      const { label, sentence } = findField(catalog, path);
      return {
        label: language.translate(`fields.${path}`, label),
        hint: language.translate(`fields.${path}.sentence`, sentence),
        testid,
      };
    },
    { knob: (/** @type {string} */ path) => findField(catalog, path) },
  );
  return { ...base, options, field };
}
