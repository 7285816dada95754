/** What the server hands to a chart: numbers are exact decimals in text, here only placed. */
const NAMES = new Set(["currency"]);
const DECIMAL = /^-?\d+(\.\d+)?$/;

export function readValues<Values>(text: string): Values {
  return JSON.parse(text, (key, value: unknown) =>
    typeof value === "string" && !NAMES.has(key) && DECIMAL.test(value) ? Number(value) : value,
  ) as Values;
}
