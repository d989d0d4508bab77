/** A chart drawn as SVG: the same calls, the same places. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawChart } from "../../../static/js/draw/chart.js";
import { SvgContext } from "../../../static/js/draw/svg_context.js";

/** @param {(context: any) => void} draw */
function drawn(draw) {
  const context = new SvgContext(100, 50, "#fff");
  draw(context);
  return context.toString();
}

test("lines, areas and words stand where they were drawn", () => {
  const svg = drawn((context) => {
    context.beginPath();
    context.moveTo(1, 2);
    context.lineTo(3.25159, 4);
    context.strokeStyle = "#123456";
    context.setLineDash([2, 3]);
    context.stroke();
    context.closePath();
    context.globalAlpha = 0.16;
    context.fillStyle = "red";
    context.fill();
    context.globalAlpha = 1;
    context.font = "600 12px Some Face, serif";
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText('A < "B" & C', 9, 8);
  });
  assert.match(
    svg,
    /<path d="M1 2L3\.25 4" fill="none" stroke="#123456" stroke-width="1"[^>]* stroke-dasharray="2 3"\/>/,
  );
  assert.match(svg, /<path d="M1 2L3\.25 4Z" fill="red" opacity="0\.16"\/>/);
  assert.match(svg, /<text x="9" y="8" text-anchor="end" dominant-baseline="central" font-family="Some Face, serif"/);
  assert.match(svg, /font-size="12" font-weight="600" fill="red">A &lt; &quot;B&quot; &amp; C<\/text>/);
});

test("a circle is a path of two arcs", () => {
  const svg = drawn((context) => {
    context.beginPath();
    context.arc(10, 20, 3, 0, 7);
    context.fill();
  });
  assert.match(svg, /d="M7 20a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"/);
});

test("it is all that a chart needs", () => {
  const look = { ink: "#111", grid: "#ccc", ground: "#fff", warn: "red", font: "10px serif", em: 10, line: 2 };
  const svg = drawn((context) =>
    drawChart(context, {
      ...{
        curves: [
          {
            samples: [
              [0, 1],
              [5, 0.1],
            ],
            colour: "#00f",
            dash: [],
          },
        ],
        marks: [{ epoch: 2, values: [0.5], colour: "#000" }],
      },
      ...{
        end: 5,
        events: [
          { epoch: 1, wrong: true },
          { epoch: 3, wrong: false },
        ],
        chance: null,
        scale: "log",
      },
      ...{ names: { value: ["Loss"], epoch: "epochs" }, width: 100, height: 50, look, formatEpoch: String },
      margin: { left: 20, right: 5, top: 3, bottom: 12 },
    }),
  );
  assert.match(svg, /stroke="#00f"/);
  assert.ok(!svg.includes("NaN"));
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="100" height="50" viewBox="0 0 100 50">/);
});
