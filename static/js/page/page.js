/**
 * What every panel is given: the catalog, the words, the state and what can be done.
 *
 * It also turns registries and fields into what controls need, so that no panel translates labels by itself.
 */

import { findField } from "../model/catalog.js";

/** The groups that have a message, in the order of a lesson. */
const GROUPS = [
  ...["first order", "second order", "higher order", "gated", "by distance", "quantised", "on the edges"],
  ...["powers", "bounded", "rectifiers", "smooth", "waves"],
];

/** @param {Omit<Page, "options" | "naming" | "cards">} base @returns {Omit<Page, "cards">} */
export function createPage(base) {
  const { catalog, language } = base;
  const word = language.word.bind(language);
  const optionsOf = (/** @type {Registry} */ registry) =>
    catalog[registry]
      .toSorted((a, b) => rank(a.group) - rank(b.group))
      .map(({ name, label, group }) => ({
        value: name,
        text: language.translate(`${registry}.${name}`, label),
        hint: language.hint(`${registry}.${name}`),
        group: GROUPS.includes(group) ? language.say(`group.${group.replaceAll(" ", "_")}`) : group,
      }));
  /** Every layer lists the same. @type {Map<Registry, Option[]>} */
  const known = new Map();
  return {
    ...base,
    options: (registry) => {
      const options = known.get(registry) ?? optionsOf(registry);
      known.set(registry, options);
      return options;
    },
    naming: (path, testid) => {
      const label = language.translate(`fields.${path}`, findField(catalog, path).label);
      return { label, hint: language.hint(`fields.${path}`), testid, word };
    },
  };
}

/**
 * What has no group comes first, an unknown group last.
 *
 * @param {string} group
 */
function rank(group) {
  const place = GROUPS.indexOf(group);
  return place < 0 && group ? GROUPS.length : place;
}
