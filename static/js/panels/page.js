/**
 * What every panel is given: the catalog, the words, the state and what can be done.
 *
 * It also turns registries and fields into what controls need, so that no panel translates labels by itself.
 */

import { findField } from "../catalog.js";

/** @import { Page } from "../types.d.ts" */

/** @param {Omit<Page, "options" | "naming">} base @returns {Page} */
export function createPage(base) {
  const { catalog, language } = base;
  return {
    ...base,
    options: (registry) =>
      catalog[registry].map(({ name, label, sentence }) => ({
        value: name,
        text: language.translate(`${registry}.${name}`, label),
        hint: language.translate(`${registry}.${name}.sentence`, sentence),
      })),
    naming: (path, testid) => {
      const { label, sentence } = findField(catalog, path);
      const hint = language.translate(`fields.${path}.sentence`, sentence);
      return { label: language.translate(`fields.${path}`, label), hint, testid };
    },
  };
}
