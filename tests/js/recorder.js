/**
 * A canvas context that draws nothing and writes down what it was asked for. Not a picture: tests read the calls.
 */

/** @returns {any} a context double; `calls` lists ["method", ...arguments] and ["property=", value] in order */
export function createRecorder() {
  /** @type {unknown[][]} */
  const calls = [];
  return new Proxy(
    { calls },
    {
      get: (target, name) =>
        name === "calls" ? target.calls : (...given) => void calls.push([String(name), ...given]),
      set: (_, name, value) => {
        calls.push([`${String(name)}=`, value]);
        return true;
      },
    },
  );
}

/** The arguments of every call of one method, or every value given to one property ("strokeStyle="). */
export function argumentsOf(context, name) {
  return context.calls.filter(([called]) => called === name).map(([, ...given]) => given);
}

/** An ImageData double. */
export function createImage(width, height = width) {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** The packed pixels of an ImageData double. */
export function pixelsOf(image) {
  return new Uint32Array(image.data.buffer);
}
