import { describe, expect, it } from "vitest";
import { figureAt, STEPS, stepOf } from "./scale";

describe("the scale of a slider", () => {
  it("begins at nothing and ends at the most", () => {
    expect(figureAt(0, 1_000_000)).toBe(0);
    expect(figureAt(STEPS, 1_000_000)).toBe(1_000_000);
  });

  it("gives figures of two digits", () => {
    expect(figureAt(80, 1_000_000)).toBe(100_000);
    expect(figureAt(70, 1_000_000)).toBe(32_000);
  });

  it("finds the step of a figure, also beyond its ends", () => {
    expect(stepOf(100_000, 1_000_000)).toBe(80);
    expect(stepOf(0, 1_000_000)).toBe(0);
    expect(stepOf(5, 1_000_000)).toBe(1);
    expect(stepOf(9_000_000, 1_000_000)).toBe(STEPS);
  });

  it("comes back to the step that it was", () => {
    for (let step = 0; step <= STEPS; step += 1) {
      expect(Math.abs(stepOf(figureAt(step, 50_000_000), 50_000_000) - step)).toBeLessThanOrEqual(1);
    }
  });
});
