import { expect, test } from "vitest";
import { newId, uuid7 } from "./uuid7";

test("an id carries its time, version and variant", () => {
  const random = new Uint8Array(16);
  expect(uuid7(1_780_000_000_000, random)).toBe("019e7044-8800-7000-8000-000000000000");
  expect(uuid7(1_780_000_000_000, random.fill(255))).toBe("019e7044-8800-7fff-bfff-ffffffffffff");
});

test("ids of a later millisecond sort later", () => {
  const random = new Uint8Array(16).fill(255);
  expect(uuid7(2 ** 40, random) < uuid7(2 ** 40 + 1, new Uint8Array(16))).toBe(true);
});

test("no two ids are alike", () => {
  const ids = new Set(Array.from({ length: 1000 }, newId));
  expect(ids.size).toBe(1000);
});
