/**
 * What time it is for the server. A device whose clock is wrong by minutes would tell of watching in
 * the future, which the lake refuses; a small difference is only the way of the page to the device.
 */
export const TRUSTED_MS = 60_000;

export function serverClock(serverNowMs: number, deviceNow: () => number = Date.now): () => number {
  const aheadMs = serverNowMs - deviceNow();
  return Math.abs(aheadMs) <= TRUSTED_MS ? deviceNow : () => deviceNow() + aheadMs;
}
