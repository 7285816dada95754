/**
 * Gives a video its source. Browsers that play HLS themselves get the address; the others get the
 * whole of hls.js, fetched only then (its light build plays separate audio silently).
 */
import type Hls from "hls.js";

const HLS_TYPE = "application/vnd.apple.mpegurl";
const PRELOAD_BUFFER_S = 6;
const PLAY_BUFFER_S = 40;
const RUNNING = new WeakMap<HTMLVideoElement, Hls>();

export async function attach(video: HTMLVideoElement, address: string, onFailed: () => void): Promise<void> {
  detach(video);
  if (video.canPlayType(HLS_TYPE)) {
    video.src = address;
    video.onerror = () => video.getAttribute("src") && onFailed();
    return;
  }
  const { default: Player } = await import("hls.js");
  const player = new Player({
    enableWorker: false,
    maxBufferLength: PRELOAD_BUFFER_S,
    maxMaxBufferLength: PRELOAD_BUFFER_S,
    capLevelToPlayerSize: true,
  });
  player.on(Player.Events.ERROR, (_name, error) => {
    if (error.fatal) onFailed();
  });
  RUNNING.set(video, player);
  player.loadSource(address);
  player.attachMedia(video);
}

/** The video is on: it may buffer further than a preloaded one. */
export function raiseBuffer(video: HTMLVideoElement): void {
  const player = RUNNING.get(video);
  if (!player) return;
  player.config.maxBufferLength = PLAY_BUFFER_S;
  player.config.maxMaxBufferLength = PLAY_BUFFER_S;
}

export function detach(video: HTMLVideoElement): void {
  RUNNING.get(video)?.destroy();
  RUNNING.delete(video);
  video.onerror = null;
  if (video.hasAttribute("src")) {
    video.removeAttribute("src");
    video.load();
  }
}
