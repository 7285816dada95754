import { expect, test } from "vitest";
import { readValues } from "./values";

test("decimals in text become numbers, days and names stay text", () => {
  const text = '{"days":["2026-09-01"],"values":["12.500","-1"],"currency":"49"}';
  expect(readValues(text)).toEqual({ days: ["2026-09-01"], values: [12.5, -1], currency: "49" });
});
