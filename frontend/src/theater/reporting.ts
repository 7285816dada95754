/** Joins the meter to the beacons: who is on, how long, and when it is told. */
import type { Beacons } from "./beacons";
import { Meter } from "./meter";
import type { Server } from "./server";
import type { Slide } from "./slide";

const FLUSH_EVERY_MS = 10_000;
const TICK_EVERY_MS = 500;

export class Reporting {
  private readonly meter = new Meter(() => performance.now());
  private slide: Slide | null = null;

  constructor(page: Document, private readonly beacons: Beacons, private readonly server: Server) {
    window.setInterval(() => this.meter.tick(), TICK_EVERY_MS);
    window.setInterval(() => this.tell(), FLUSH_EVERY_MS);
    page.addEventListener("visibilitychange", () => {
      this.update();
      if (page.visibilityState === "hidden") this.tellLast();
    });
    window.addEventListener("pagehide", () => this.tellLast());
    window.addEventListener("online", () => void beacons.resend());
    void beacons.resend();
  }

  /** Another slide is on; what the last one watched is told under its own session. */
  turnTo(slide: Slide): void {
    this.leave();
    this.slide = slide;
  }

  open(slide: Slide, grant: string): void {
    slide.session ??= this.beacons.session(grant);
  }

  update(): void {
    const video = this.slide?.video;
    const running = !!video && !video.paused && !video.ended && !video.seeking && video.readyState > 2;
    const perceived = document.visibilityState === "visible" || (!!video && !video.muted);
    this.meter.set(running && perceived);
  }

  started(): void {
    this.slide?.session?.note("start", { positionMs: this.positionMs() });
    this.update();
  }

  ended(): void {
    this.note();
    this.slide?.session?.note("end", { positionMs: this.positionMs() });
    this.tell();
  }

  paywall(slide: Slide): void {
    slide.session?.note("paywall");
    void this.beacons.flush();
  }

  leave(): void {
    this.meter.set(false);
    this.note();
    this.keepPlace();
    void this.beacons.flush();
  }

  private tell(): void {
    if (this.note()) this.keepPlace();
    void this.beacons.flush();
    void this.beacons.resend();
  }

  private tellLast(): void {
    this.note();
    this.keepPlace();
    this.beacons.flushLast();
  }

  private note(): boolean {
    const effectiveMs = this.meter.take();
    const session = this.slide?.session;
    if (!session || effectiveMs <= 0) return false;
    session.note("progress", { effectiveMs, positionMs: this.positionMs() });
    return true;
  }

  private keepPlace(): void {
    const slide = this.slide;
    if (!slide?.video || slide.video.currentTime <= 0) return;
    const ended = slide.video.ended;
    const next = slide.play?.next_number ?? null;
    if (ended && next !== null) this.server.keepPlace(slide.slug, next, 0);
    else this.server.keepPlace(slide.slug, slide.number, ended ? 0 : this.positionMs());
  }

  private positionMs(): number {
    return (this.slide?.video?.currentTime ?? 0) * 1000;
  }
}
