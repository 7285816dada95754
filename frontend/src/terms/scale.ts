/** The steps of a slider: even steps of the thumb are even factors of the figure, 0 at the left. */
export const STEPS = 100;
const DECADES = 5;

/** Returns the figure at a step, rounded to two digits so that it can be read aloud. */
export function figureAt(step: number, most: number): number {
  if (step <= 0) return 0;
  const raw = most * 10 ** (DECADES * (step / STEPS - 1));
  const size = 10 ** Math.max(0, Math.floor(Math.log10(raw)) - 1);
  return Math.round(raw / size) * size;
}

/** Returns the step that comes nearest to a figure. */
export function stepOf(figure: number, most: number): number {
  if (figure <= 0) return 0;
  const step = Math.round(STEPS * (1 + Math.log10(figure / most) / DECADES));
  return Math.min(STEPS, Math.max(1, step));
}
