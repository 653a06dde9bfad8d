/** When something is on the screen, and not only in the page. */

/** Does something two frames later: what the page holds now is drawn then. What it gives back calls it off. */
export function afterDrawing(act: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(act);
  });
  return () => cancelAnimationFrame(frame);
}

let tell: () => void;
const firstFigures = new Promise<void>((resolve) => (tell = resolve));

/** The first figures are on the screen, and the shell knows it: the rest may come. */
export function firstFiguresDrawn(): void {
  tell();
}

/** Like `afterDrawing`, and never before the first figures: drawing more would delay the word that they are there. */
export function afterFigures(act: () => void): () => void {
  let called = true;
  const callOff = afterDrawing(() => void firstFigures.then(() => called && act()));
  return () => {
    called = false;
    callOff();
  };
}
