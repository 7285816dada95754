import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** Every icon that a page may name with `{% icon "…" %}`; a name is one of Lucide's. */
export const ICON_NAMES = [
  "arrow-left", "arrow-right", "badge-check", "building-2", "calendar-check", "captions", "chart-line",
  "check", "chevron-down", "chevron-left", "chevron-right", "chevron-up", "circle-alert", "circle-check",
  "circle-dashed", "circle-play", "clapperboard", "clock", "coins", "copy", "download",
  "external-link", "eye", "eye-off", "file-text", "film", "folder-up", "gavel", "grip-vertical",
  "hash", "house", "info", "keyboard", "key-round", "languages", "layers", "list-checks", "list-video",
  "lock", "log-in", "log-out", "mail", "maximize", "megaphone", "menu", "monitor", "moon", "pause",
  "pen-line", "play", "plus", "receipt", "receipt-text", "rotate-cw", "scale", "scroll-text",
  "search", "settings", "shield-check", "smartphone", "stamp", "sun", "sun-moon", "ticket",
  "trash-2", "triangle-alert", "tv", "upload", "user-plus", "user-round", "users-round",
  "video", "volume-2", "volume-x", "wallet", "x",
] as const;

const LUCIDE_FOLDER = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");

function symbol(name: string): string {
  const drawing = readFileSync(join(LUCIDE_FOLDER, `${name}.svg`), "utf8");
  const shapes = drawing.slice(drawing.indexOf(">", drawing.indexOf("<svg")) + 1, drawing.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
}

/** Writes one sprite of all icons, so that a page's icons are one cached request. */
export function iconSprite(): Plugin {
  return {
    name: "duanju-icon-sprite",
    apply: "build",
    generateBundle() {
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${ICON_NAMES.map(symbol).join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}
