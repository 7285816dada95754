import { expect, test } from "vitest";
import { serverClock, TRUSTED_MS } from "./clock";

const SERVER_MS = 1_780_000_000_000;

test("a device that is nearly right keeps its own clock", () => {
  const device = (): number => SERVER_MS - TRUSTED_MS;
  expect(serverClock(SERVER_MS, device)()).toBe(SERVER_MS - TRUSTED_MS);
});

test("a device a day ahead tells the server's time, and it goes on", () => {
  let deviceMs = SERVER_MS + 86_400_000;
  const now = serverClock(SERVER_MS, () => deviceMs);
  deviceMs += 5_000;
  expect(now()).toBe(SERVER_MS + 5_000);
});
