/** One place of the reel: an episode with its poster, and a video while it is near the screen. */
import type { Session } from "./beacons";
import type { Locked, Play, Title } from "./server";
import { pick, put, type Words } from "./words";

export class Slide {
  number: number;
  startMs: number;
  opened: Play | Locked | null = null;
  opening: Promise<Play | Locked> | null = null;
  session: Session | null = null;
  video: HTMLVideoElement | null = null;

  constructor(readonly root: HTMLElement) {
    this.number = Number(root.dataset["number"]);
    this.startMs = Number(root.dataset["positionMs"] ?? 0);
  }

  get slug(): string {
    return this.root.dataset["slug"] ?? "";
  }

  get name(): string {
    return this.root.dataset["name"] ?? "";
  }

  get play(): Play | null {
    return this.opened?.kind === "play" ? this.opened : null;
  }

  get stage(): HTMLElement {
    return pick(this.root, ".slide__stage");
  }

  /** Another episode takes this place. */
  become(number: number, words: Words): void {
    this.forget();
    this.number = number;
    this.startMs = 0;
    put(this.root, "episode", words.say("episodeOf", { number, total: this.root.dataset["total"] ?? "" }));
  }

  /** What the server said may have changed, as after an unlock. */
  forget(): void {
    this.opened = null;
    this.opening = null;
    this.session = null;
    this.show("none");
  }

  show(state: "none" | "wait" | "lock" | "trouble" | "paused"): void {
    const parts = { wait: ".slide__wait", lock: ".slide__lock", trouble: ".slide__trouble", paused: ".slide__paused" };
    for (const [name, selector] of Object.entries(parts)) {
      pick(this.root, selector).hidden = name !== state;
    }
  }
}

export function slideOf(template: HTMLTemplateElement, title: Title, words: Words): HTMLElement {
  const root = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  root.className = `slide slide--${title.orientation}`;
  root.dataset["slug"] = title.slug;
  root.dataset["number"] = String(title.start_number);
  root.dataset["positionMs"] = String(title.start_position_ms);
  root.dataset["name"] = title.name;
  root.dataset["total"] = String(title.episode_count);
  pick<HTMLImageElement>(root, ".slide__poster").src = title.poster;
  pick<HTMLAnchorElement>(root, "[data-slot=name]").href = title.about;
  put(root, "name", title.name);
  put(root, "synopsis", title.synopsis);
  put(root, "genre", title.genre_label);
  put(root, "episode", words.say("episodeOf", { number: title.start_number, total: title.episode_count }));
  pick(root, "[data-slot=ai]").hidden = !title.ai_label;
  return root;
}
