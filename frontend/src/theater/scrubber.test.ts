import { expect, test } from "vitest";
import { readStrip } from "./scrubber";

test("a strip names for each time the rectangle of its sheet", () => {
  const text = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nstrip.webp#xywh=0,0,90,160\n\n00:02.000 --> 00:04.500\nstrip.webp#xywh=90,0,90,160\n";
  expect(readStrip(text, "http://h/media/t/f/strip.vtt")).toEqual([
    { fromMs: 0, toMs: 2000, sheet: "http://h/media/t/f/strip.webp", x: 0, y: 0, width: 90, height: 160 },
    { fromMs: 2000, toMs: 4500, sheet: "http://h/media/t/f/strip.webp", x: 90, y: 0, width: 90, height: 160 },
  ]);
});

test("what is no strip shows nothing", () => {
  expect(readStrip("<!doctype html>", "http://h/strip.vtt")).toEqual([]);
});
