/**
 * Effective watching: wall-clock time in which the picture runs and somebody can see or hear it.
 * At double speed ten seconds are ten seconds. A gap between two ticks, as after sleep, counts for
 * one tick only.
 */
export const TICK_MS_MAX = 2000;

export class Meter {
  private countedMs = 0;
  private since: number | null = null;

  constructor(private readonly now: () => number) {}

  set(running: boolean): void {
    this.tick();
    this.since = running ? this.now() : null;
  }

  tick(): void {
    if (this.since === null) return;
    const now = this.now();
    this.countedMs += Math.min(Math.max(now - this.since, 0), TICK_MS_MAX);
    this.since = now;
  }

  /** Return what was counted since the last time, and begin again. */
  take(): number {
    this.tick();
    const taken = Math.floor(this.countedMs);
    this.countedMs -= taken;
    return taken;
  }
}
