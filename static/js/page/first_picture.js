/**
 * The first picture: what nobody waits for is fetched after it.
 */

/** So long after the page it is shown without a picture, as css/layout.css has it. */
const LONG_MILLISECONDS = 3000;

/** @returns {{ pictured: Promise<unknown>, tellPictured: () => void }} settles once there is a picture, or is none for long */
export function awaitPicture() {
  let told = false;
  let tellPictured = () => {};
  const pictured = new Promise((resolve) => {
    tellPictured = () => {
      // The first picture is to be drawn before anything more is fetched.
      if (!told) requestAnimationFrame(resolve);
      told = true;
    };
    window.setTimeout(resolve, LONG_MILLISECONDS);
  });
  return { pictured, tellPictured };
}
