/**
 * Sentences after each other: a Chinese full stop has its room within, so no space follows it. Not here: their words.
 *
 * @param {readonly string[]} sentences
 */
export const together = (sentences) => sentences.join(" ").replaceAll("。 ", "。");
