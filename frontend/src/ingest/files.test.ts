import { expect, test } from "vitest";
import { inNaturalOrder, isMeant } from "./files";

test("what systems leave in folders is never meant", () => {
  for (const name of [".DS_Store", "._第1集.mp4", "Thumbs.db", "desktop.ini"]) {
    expect(isMeant(name, true)).toBe(false);
  }
});

test("in a folder only videos and archives are meant, by itself any file", () => {
  expect(isMeant("第1集.MP4", false)).toBe(true);
  expect(isMeant("夜航.zip", false)).toBe(true);
  expect(isMeant("说明.txt", false)).toBe(false);
  expect(isMeant("说明.txt", true)).toBe(true);
});

test("episode ten is sent after episode nine", () => {
  const files = ["第10集.mp4", "第9集.mp4", "第1集.mp4"].map((name) => new File([], name));

  expect(inNaturalOrder(files).map((file) => file.name)).toEqual(["第1集.mp4", "第9集.mp4", "第10集.mp4"]);
});
