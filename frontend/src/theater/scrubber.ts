/** The line one drags along an episode, with a picture of the place from the thumbnail strip. */
import { clock, pick, put } from "./words";

interface Frame {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sheet: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CUE = /(?:(\d+):)?(\d+):(\d+)\.(\d+)\s+-->\s+(?:(\d+):)?(\d+):(\d+)\.(\d+)[^\n]*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

function milliseconds(parts: readonly (string | undefined)[]): number {
  const [hours, minutes, seconds, thousandths] = parts.map((part) => Number(part ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + (thousandths ?? 0);
}

/** Read a thumbnail strip's list: times, and the rectangle of the sheet that shows each. */
export function readStrip(text: string, address: string): Frame[] {
  return [...text.replaceAll("\r\n", "\n").matchAll(CUE)].map((cue) => ({
    fromMs: milliseconds(cue.slice(1, 5)),
    toMs: milliseconds(cue.slice(5, 9)),
    sheet: new URL(cue[9] ?? "", address).href,
    x: Number(cue[10]),
    y: Number(cue[11]),
    width: Number(cue[12]),
    height: Number(cue[13]),
  }));
}

const PREVIEW_HEIGHT_PX = 128;

export class Scrubber {
  private frames: Frame[] = [];
  private dragging = false;
  private readonly range: HTMLInputElement;
  private readonly preview: HTMLElement;
  private durationMs = 0;

  constructor(private readonly root: HTMLElement, onSeek: (positionMs: number) => void) {
    this.range = pick(root, ".scrubber__range");
    this.preview = pick(root, ".scrubber__preview");
    this.range.addEventListener("input", () => {
      this.dragging = true;
      this.say(this.asked());
      this.peek(this.asked());
    });
    this.range.addEventListener("change", () => {
      this.dragging = false;
      this.preview.hidden = true;
      onSeek(this.asked());
    });
    this.range.addEventListener("pointermove", (event) => this.hover(event));
    this.range.addEventListener("pointerleave", () => (this.preview.hidden = true));
  }

  async open(strip: string, durationMs: number): Promise<void> {
    this.durationMs = durationMs;
    this.frames = [];
    this.preview.hidden = true;
    put(this.root, "duration", clock(durationMs));
    this.at(0);
    if (!strip) return;
    const address = new URL(strip, location.href).href;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) this.frames = readStrip(await answer.text(), address);
  }

  at(positionMs: number): void {
    if (this.dragging) return;
    const share = this.durationMs ? Math.min(positionMs / this.durationMs, 1) : 0;
    this.range.value = String(Math.round(share * 1000));
    this.say(positionMs);
  }

  private asked(): number {
    return (Number(this.range.value) / 1000) * this.durationMs;
  }

  private say(positionMs: number): void {
    put(this.root, "time", clock(positionMs));
    this.range.setAttribute("aria-valuetext", clock(positionMs));
    this.range.style.setProperty("--done", `${Number(this.range.value) / 10}%`);
  }

  private hover(event: PointerEvent): void {
    const box = this.range.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    const backwards = getComputedStyle(this.range).direction === "rtl";
    this.peek((backwards ? 1 - share : share) * this.durationMs);
  }

  private peek(positionMs: number): void {
    const found = this.frames.find((frame) => frame.fromMs <= positionMs && positionMs < frame.toMs);
    const frame = found ?? this.frames.at(-1);
    this.preview.hidden = !frame;
    if (!frame) return;
    const share = this.durationMs ? positionMs / this.durationMs : 0;
    this.preview.style.insetInlineStart = `${Math.min(Math.max(share * 100, 10), 90)}%`;
    const picture = pick(this.preview, ".scrubber__frame");
    picture.style.width = `${frame.width}px`;
    picture.style.height = `${frame.height}px`;
    picture.style.zoom = String(PREVIEW_HEIGHT_PX / frame.height);
    picture.style.backgroundImage = `url("${frame.sheet}")`;
    picture.style.backgroundPosition = `-${frame.x}px -${frame.y}px`;
    put(this.preview, "preview-time", clock(positionMs));
  }
}
