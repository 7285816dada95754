/** At most three video elements, moved to the slides near the screen. */
import type { Slide } from "./slide";
import { attach, detach } from "./source";
import type { Play } from "./server";

const VIDEOS_MAX = 3;

/** Where cues stand, in percent of the height: above the scrubber and the caption. */
const CUE_LINE = 76;

function raiseCues(track: TextTrack): void {
  for (const cue of track.cues ?? []) {
    if (!(cue instanceof VTTCue) || cue.line !== "auto") continue;
    cue.snapToLines = false;
    cue.line = CUE_LINE;
  }
}

export interface VideoEvents {
  /** Something happened to the video of a slide. */
  readonly on: (slide: Slide, what: string) => void;
  readonly onFailed: (slide: Slide) => void;
}

const HEARD = ["playing", "pause", "waiting", "seeking", "seeked", "ended", "timeupdate", "loadedmetadata"];

export class Videos {
  private readonly owners = new Map<HTMLVideoElement, Slide>();

  constructor(private readonly events: VideoEvents) {}

  /** Give a slide that may be played a video, taken from a slide that is not in `near`. */
  give(slide: Slide, play: Play, near: ReadonlySet<Slide>): HTMLVideoElement {
    if (slide.video) return slide.video;
    const video = this.free(near);
    this.owners.set(video, slide);
    slide.video = video;
    this.putTracks(video, play);
    slide.stage.insertBefore(video, slide.stage.firstChild?.nextSibling ?? null);
    this.load(slide, play.master);
    return video;
  }

  /** Load an address into a slide's video, as after a renewal. */
  load(slide: Slide, address: string): void {
    if (slide.video) void attach(slide.video, address, () => this.events.onFailed(slide));
  }

  take(slide: Slide): void {
    const video = slide.video;
    if (!video) return;
    slide.root.classList.remove("slide--on");
    slide.video = null;
    this.owners.delete(video);
    video.pause();
    detach(video);
    video.remove();
    this.idle.push(video);
  }

  private readonly idle: HTMLVideoElement[] = [];

  private free(near: ReadonlySet<Slide>): HTMLVideoElement {
    for (const owner of [...this.owners.values()]) if (!near.has(owner)) this.take(owner);
    const video = this.idle.pop();
    if (video) return video;
    if (this.owners.size >= VIDEOS_MAX) throw new Error("more than three slides are near");
    return this.make();
  }

  private make(): HTMLVideoElement {
    const video = document.createElement("video");
    video.playsInline = true;
    video.preload = "auto";
    video.className = "slide__video";
    video.disableRemotePlayback = true;
    for (const name of HEARD) {
      video.addEventListener(name, () => {
        const slide = this.owners.get(video);
        if (slide) this.events.on(slide, name);
      });
    }
    return video;
  }

  private putTracks(video: HTMLVideoElement, play: Play): void {
    video.replaceChildren(
      ...play.subtitles.map((subtitle) => {
        const track = document.createElement("track");
        track.kind = "subtitles";
        track.src = subtitle.address;
        track.srclang = subtitle.tag;
        track.label = subtitle.label;
        track.addEventListener("load", () => raiseCues(track.track));
        return track;
      }),
    );
  }
}
