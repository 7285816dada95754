/** What is on: opens the slide that fills the screen, plays it, and gets the next one ready. */
import type { Choices } from "./choices";
import type { NextUp } from "./next_up";
import type { Reporting } from "./reporting";
import type { Locked, Play, Server } from "./server";
import type { Slide } from "./slide";
import { raiseBuffer } from "./source";
import { announce, keepAwake } from "./system";
import { Videos } from "./videos";
import type { Words } from "./words";

const RENEW_BEFORE_MS = 60_000;
const END_MARGIN_S = 3;

/** What the page does about what the player finds. */
export interface Face {
  readonly onOn: (slide: Slide) => void;
  readonly onOpened: (slide: Slide, play: Play) => void;
  readonly onLocked: (slide: Slide, locked: Locked, byItself: boolean) => void;
  readonly onTime: (positionMs: number) => void;
  readonly onState: (playing: boolean) => void;
  readonly onSilenced: (silenced: boolean) => void;
  readonly goTo: (number: number, byItself: boolean) => void;
  readonly onSeriesOver: () => void;
}

export class Player {
  private on: Slide | null = null;
  private near = new Set<Slide>();
  private silenced = false;
  private renewal = 0;
  private readonly tried = new WeakSet<Slide>();
  private readonly videos = new Videos({
    on: (slide, what) => this.heard(slide, what),
    onFailed: (slide) => void this.failed(slide),
  });

  constructor(
    private readonly server: Server,
    private readonly reporting: Reporting,
    private readonly nextUp: NextUp,
    private readonly choices: Choices,
    private readonly words: Words,
    private readonly face: Face,
  ) {}

  get slide(): Slide | null {
    return this.on;
  }

  /** Turn to a slide; its neighbours say which videos may stay and which one is got ready. */
  async turnTo(slide: Slide, around: { before?: Slide; after?: Slide }, byItself = false): Promise<void> {
    this.nextUp.cancel();
    this.on?.video?.pause();
    this.reporting.turnTo(slide);
    this.on = slide;
    this.near = new Set([around.before, slide, around.after].filter((one) => one !== undefined));
    window.clearTimeout(this.renewal);
    this.face.onOn(slide);
    slide.root.querySelector<HTMLImageElement>(".slide__poster")?.setAttribute("loading", "eager");
    if (!slide.opened) slide.show("wait");
    const opened = await this.open(slide).catch(() => null);
    if (this.on !== slide) return;
    if (!opened) return slide.show("trouble");
    slide.show("none");
    if (opened.kind === "locked") this.stopAt(slide, opened, byItself);
    else await this.begin(slide, opened);
    if (around.after) void this.getReady(around.after);
  }

  async restart(around: { before?: Slide; after?: Slide }): Promise<void> {
    if (!this.on) return;
    this.videos.take(this.on);
    this.on.forget();
    await this.turnTo(this.on, around);
  }

  release(slide: Slide): void {
    this.videos.take(slide);
  }

  toggle(): void {
    const video = this.on?.video;
    if (!video) return;
    if (video.paused) void this.run(video);
    else video.pause();
  }

  pause(): void {
    this.on?.video?.pause();
  }

  seek(positionMs: number): void {
    const video = this.on?.video;
    if (!video) return;
    this.nextUp.cancel();
    video.currentTime = Math.max(0, positionMs / 1000);
    this.face.onTime(positionMs);
  }

  seekBy(ms: number): void {
    this.seek((this.on?.video?.currentTime ?? 0) * 1000 + ms);
  }

  /** Choices hold for every video, the ones to come too. */
  apply(): void {
    for (const slide of this.near) if (slide.video) this.dress(slide.video);
    this.reporting.update();
  }

  unmute(): void {
    this.choices.muted = false;
    this.silence(false);
    this.apply();
  }

  private async open(slide: Slide): Promise<Play | Locked> {
    if (slide.opened) return slide.opened;
    slide.opening ??= this.server.play(slide.slug, slide.number);
    const opening = slide.opening;
    try {
      const opened = await opening;
      if (slide.opening === opening) {
        slide.opened = opened;
        this.reporting.open(slide, opened.grant);
      }
      return opened;
    } finally {
      if (slide.opening === opening) slide.opening = null;
    }
  }

  private stopAt(slide: Slide, locked: Locked, byItself: boolean): void {
    slide.show("lock");
    void keepAwake(false);
    this.reporting.paywall(slide);
    this.face.onLocked(slide, locked, byItself);
  }

  private async begin(slide: Slide, play: Play): Promise<void> {
    const video = this.videos.give(slide, play, this.near);
    this.dress(video);
    raiseBuffer(video);
    if (video.ended) video.currentTime = 0;
    this.face.onOpened(slide, play);
    announce(slide.name, this.words.say("episode", { number: slide.number }), play.poster);
    const lastsMs = play.expires_at_ms - Date.now() - RENEW_BEFORE_MS;
    this.renewal = window.setTimeout(() => void this.renew(slide), Math.max(lastsMs, RENEW_BEFORE_MS));
    await this.run(video);
  }

  private async getReady(slide: Slide): Promise<void> {
    const opened = await this.open(slide).catch(() => null);
    if (opened?.kind !== "play" || !this.near.has(slide)) return;
    this.dress(this.videos.give(slide, opened, this.near));
  }

  /** Play with sound; where the browser wants a tap first, play silently and offer one. */
  private async run(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
    } catch (error) {
      if ((error as DOMException).name !== "NotAllowedError") return;
      if (video.muted) return this.on?.show("paused");
      this.silence(true);
      video.muted = true;
      await video.play().catch(() => this.on?.show("paused"));
    }
  }

  private silence(silenced: boolean): void {
    this.silenced = silenced;
    this.face.onSilenced(silenced);
  }

  private dress(video: HTMLVideoElement): void {
    video.muted = this.choices.muted || this.silenced;
    video.defaultPlaybackRate = this.choices.speed;
    video.playbackRate = this.choices.speed;
    for (const track of video.textTracks) {
      track.mode = track.language === this.choices.captions ? "showing" : "disabled";
    }
  }

  private heard(slide: Slide, what: string): void {
    const video = slide.video;
    if (!video) return;
    if (what === "loadedmetadata") this.place(slide, video);
    if (slide !== this.on) return;
    if (what === "timeupdate") this.face.onTime(video.currentTime * 1000);
    else this.reporting.update();
    if (what === "playing") this.playing(slide);
    if (what === "waiting") slide.show("wait");
    if (what === "seeked" && !video.paused) slide.show("none");
    if (what === "pause") this.paused(slide, video);
    if (what === "ended") this.ended(slide);
  }

  private place(slide: Slide, video: HTMLVideoElement): void {
    const startS = slide.startMs / 1000;
    if (startS > 0 && startS < video.duration - END_MARGIN_S) video.currentTime = startS;
    slide.startMs = 0;
    this.dress(video);
  }

  private playing(slide: Slide): void {
    slide.root.classList.add("slide--on");
    this.tried.delete(slide);
    slide.show("none");
    this.nextUp.cancel();
    this.face.onState(true);
    this.reporting.started();
    void keepAwake(true);
  }

  private paused(slide: Slide, video: HTMLVideoElement): void {
    this.face.onState(false);
    void keepAwake(false);
    if (!video.ended) slide.show("paused");
  }

  private ended(slide: Slide): void {
    this.reporting.ended();
    const next = slide.play?.next_number ?? null;
    if (next === null) this.face.onSeriesOver();
    else this.nextUp.offer(next, () => this.face.goTo(next, true));
  }

  /** The addresses run out: get fresh ones and go on at the same place. */
  private async renew(slide: Slide, { afterFailure = false } = {}): Promise<boolean> {
    const play = slide.play;
    const renewed = play && (await this.server.renew(play.grant).catch(() => null));
    if (!play || !renewed || !slide.video) return false;
    slide.opened = { ...play, ...renewed };
    if (slide.session) slide.session.grant = renewed.grant;
    slide.startMs = Math.max(slide.startMs, slide.video.currentTime * 1000);
    // A source that failed has stopped the video, whatever the viewer wanted.
    const goesOn = afterFailure || !slide.video.paused;
    this.videos.load(slide, renewed.master);
    if (goesOn && slide === this.on) await this.run(slide.video);
    return true;
  }

  private async failed(slide: Slide): Promise<void> {
    if (!this.tried.has(slide)) {
      this.tried.add(slide);
      if (await this.renew(slide, { afterFailure: true })) return;
    }
    if (slide === this.on) slide.show("trouble");
  }
}
