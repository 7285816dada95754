/** The device around the player: full screen, the lock screen's buttons, a screen that stays on. */
export interface Remote {
  readonly play: () => void;
  readonly pause: () => void;
  readonly next: () => void;
  readonly previous: () => void;
}

export function turnFullScreen(root: HTMLElement): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void root.requestFullscreen?.().catch(() => undefined);
}

export function takeRemote(remote: Remote): void {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.setActionHandler("play", remote.play);
  navigator.mediaSession.setActionHandler("pause", remote.pause);
  navigator.mediaSession.setActionHandler("nexttrack", remote.next);
  navigator.mediaSession.setActionHandler("previoustrack", remote.previous);
}

export function announce(title: string, episode: string, poster: string): void {
  if (!("mediaSession" in navigator)) return;
  const artwork = [{ src: new URL(poster, location.href).href, type: "image/webp" }];
  navigator.mediaSession.metadata = new MediaMetadata({ title: episode, artist: title, artwork });
}

let awake: WakeLockSentinel | null = null;
let wanted = false;

/** Ask that the screen stays on while something plays; a device may refuse. */
export async function keepAwake(on: boolean): Promise<void> {
  wanted = on;
  if (!("wakeLock" in navigator)) return;
  if (!on) {
    await awake?.release().catch(() => undefined);
    awake = null;
  } else if (!awake || awake.released) {
    awake = await navigator.wakeLock.request("screen").catch(() => null);
    if (!wanted) await awake?.release().catch(() => undefined);
  }
}
