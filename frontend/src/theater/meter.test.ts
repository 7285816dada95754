import { expect, test } from "vitest";
import { Meter, TICK_MS_MAX } from "./meter";

function metered(): { meter: Meter; pass: (ms: number) => void } {
  let now = 0;
  const meter = new Meter(() => now);
  return { meter, pass: (ms) => { now += ms; meter.tick(); } };
}

test("only time in which the picture runs counts", () => {
  const { meter, pass } = metered();
  pass(1000);
  meter.set(true);
  pass(700);
  meter.set(false);
  pass(5000);
  meter.set(true);
  pass(300);
  expect(meter.take()).toBe(1000);
  expect(meter.take()).toBe(0);
});

test("a device that slept counts one tick, not the night", () => {
  const { meter, pass } = metered();
  meter.set(true);
  pass(8 * 3_600_000);
  expect(meter.take()).toBe(TICK_MS_MAX);
});

test("parts of milliseconds are not lost between two reports", () => {
  const { meter, pass } = metered();
  meter.set(true);
  pass(0.6);
  expect(meter.take()).toBe(0);
  pass(0.6);
  expect(meter.take()).toBe(1);
});
