/**
 * Several canvases as one picture, each where it stands on the page, with words beside them.
 */

/**
 * @param {Context} context as large as the picture, in device pixels
 * @param {Collage} collage
 */
export function drawCollage(context, { width, height, ratio, ground, ink, family, pieces, captions }) {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  for (const { canvas, x, y, width: w, height: h } of pieces) context.drawImage(canvas, x, y, w, h);
  context.fillStyle = ink;
  context.font = `13px ${family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { text, x, y, room } of captions) context.fillText(text, x, y, room);
}
