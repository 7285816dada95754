import { expect, test } from "vitest";
import { themeOf } from "./theme";

test("a chosen theme is read among other cookies", () => {
  expect(themeOf("csrftoken=abc; theme=dark; sessionid=x")).toBe("dark");
  expect(themeOf("theme=light")).toBe("light");
});

test("without a choice, or with an unknown one, the device decides", () => {
  expect(themeOf("")).toBe("system");
  expect(themeOf("mytheme=dark")).toBe("system");
  expect(themeOf("theme=purple")).toBe("system");
});
