/** Keys for everything that a finger can do. */
export type Act =
  | "play" | "up" | "down" | "back" | "on" | "sound" | "fullscreen" | "captions"
  | "next" | "previous" | "help";

const KEYS: Readonly<Record<string, Act>> = {
  " ": "play", ArrowUp: "up", ArrowDown: "down", k: "up", j: "down", ArrowLeft: "back",
  ArrowRight: "on", m: "sound", f: "fullscreen", c: "captions", n: "next", p: "previous", "?": "help",
};

export function watchKeys(page: Document, act: (what: Act) => void): void {
  page.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || page.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement;
    const what = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!what || target.closest("input:not([type=range]), select, textarea, [contenteditable]")) return;
    const pressing = target.closest("a, button, summary") !== null && event.key === " ";
    const sliding = target.matches("input[type=range]") && event.key.startsWith("Arrow");
    if (pressing || sliding) return;
    event.preventDefault();
    act(what);
  });
}
