import { expect, test } from "vitest";
import { readValues } from "./values";

test("decimals in text become numbers, days and names stay text", () => {
  const text = '{"days":["2026-09-01"],"values":["12.500"],"links":[{"source":"49","value":"-1"}]}';
  expect(readValues(text)).toEqual({ days: ["2026-09-01"], values: [12.5], links: [{ source: "49", value: -1 }] });
});
