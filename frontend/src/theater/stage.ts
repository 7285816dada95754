/** The page's conductor: fingers, keys, buttons and menus act on the reel and the player. */
import type { Start } from "../theater";
import type { Beacons } from "./beacons";
import type { Choices } from "./choices";
import { watchKeys, type Act } from "./keyboard";
import { Menus } from "./menus";
import { NextUp } from "./next_up";
import { Panel } from "./panel";
import { Player } from "./player";
import { Reel } from "./reel";
import { Reporting } from "./reporting";
import { Scrubber } from "./scrubber";
import type { Locked, Play, Server } from "./server";
import { Slide, slideOf } from "./slide";
import { takeRemote, turnFullScreen } from "./system";
import { Unlocking } from "./unlocking";
import { pick, put, shown, Words } from "./words";

const SEEK_MS = 5000;
const FETCH_BEFORE_END = 3;

export interface Parts {
  readonly page: Document;
  readonly root: HTMLElement;
  readonly start: Start;
  readonly server: Server;
  readonly beacons: Beacons;
  readonly choices: Choices;
  readonly keep: () => void;
}

export class Stage {
  private readonly words: Words;
  private readonly slides: Slide[];
  private readonly reel: Reel;
  private readonly player: Player;
  private readonly panel: Panel;
  private readonly menus: Menus;
  private readonly scrubber: Scrubber;
  private readonly unlocking: Unlocking;
  private nextKey: string;
  private byItself = false;
  private fetching = false;

  constructor(private readonly parts: Parts) {
    const { page, root, server, beacons, choices } = parts;
    this.words = new Words(pick(page, "#theater-words"));
    this.nextKey = parts.start.next_key ?? "";
    this.reel = new Reel(pick(root, "#reel"), (index) => this.turnTo(index));
    this.slides = this.reel.slides.map((slide) => new Slide(slide));
    this.menus = new Menus(page, this.words, choices, () => this.chosen());
    this.panel = new Panel(page, server, this.words, (number) => this.choose(number));
    this.scrubber = new Scrubber(pick(root, ".scrubber"), (positionMs) => this.player.seek(positionMs));
    this.unlocking = new Unlocking(
      page, server, this.words, (numbers) => this.unlocked(numbers), (coins) => this.sayBalance(coins),
    );
    const reporting = new Reporting(page, beacons, server);
    this.player = new Player(server, reporting, new NextUp(page, this.words), choices, this.words, {
      onOn: (slide) => this.turned(slide),
      onOpened: (_slide, play) => this.opened(play),
      onLocked: (slide, locked, byItself) => void this.locked(slide, locked, byItself),
      onTime: (positionMs) => this.scrubber.at(positionMs),
      onState: (playing) => root.classList.toggle("theater--playing", playing),
      onSilenced: (silenced) => (pick(root, ".unmute").hidden = !silenced),
      goTo: (number, byItself) => this.goTo(number, byItself),
      onSeriesOver: () => this.toast(this.words.say("seriesOver")),
    });
  }

  begin(): void {
    const { page, root, start } = this.parts;
    root.addEventListener("click", (event) => this.clicked(event));
    watchKeys(page, (act) => this.act(act));
    takeRemote({
      play: () => this.player.toggle(),
      pause: () => this.player.pause(),
      next: () => this.stepEpisode(1),
      previous: () => this.stepEpisode(-1),
    });
    this.chosen();
    const first = this.slides.findIndex((slide) => start.mode === "watch" && slide.number === start.number);
    this.reel.jump(Math.max(first, 0));
  }

  private turnTo(index: number): void {
    const slide = this.slides[index];
    if (!slide) return;
    const byItself = this.byItself;
    this.byItself = false;
    void this.player.turnTo(slide, this.around(index), byItself);
    if (index >= this.slides.length - FETCH_BEFORE_END) void this.fetchMore();
  }

  private around(index: number): { before?: Slide; after?: Slide } {
    const before = this.slides[index - 1];
    const after = this.slides[index + 1];
    return { ...(before && { before }), ...(after && { after }) };
  }

  private turned(slide: Slide): void {
    this.menus.offer([]);
    void this.scrubber.open("", 0);
    void this.panel.show(slide.slug, slide.number);
    pick(this.parts.page, "#said").textContent = this.words.say("now", { name: slide.name, number: slide.number });
    this.parts.root.dataset["orientation"] = slide.root.classList.contains("slide--horizontal") ? "horizontal" : "vertical";
    if (this.parts.start.mode === "watch") {
      history.replaceState(null, "", location.pathname.replace(/\d+\/$/, `${slide.number}/`));
    }
  }

  private opened(play: Play): void {
    this.menus.offer(play.subtitles);
    void this.scrubber.open(play.strip, play.duration_ms);
  }

  private async locked(slide: Slide, locked: Locked, byItself: boolean): Promise<void> {
    const line = this.words.say("locked", { number: locked.number, coins: locked.price_coins });
    put(slide.root, "lock-line", line);
    const allowed = byItself && locked.auto_unlock && locked.balance_coins >= locked.price_coins;
    if (allowed && (await this.unlocking.unlockQuietly(locked))) return;
    if (this.player.slide === slide) this.unlocking.open(locked, slide.name);
  }

  private unlocked(numbers: readonly number[]): void {
    const on = this.player.slide;
    if (!on) return;
    for (const slide of this.slides) {
      if (slide.slug === on.slug && slide !== on && numbers.includes(slide.number)) slide.forget();
    }
    void this.panel.show(on.slug, on.number, { fresh: true });
    void this.player.restart(this.around(this.slides.indexOf(on)));
  }

  /** Go to an episode of the series on now: its own slide, or in the feed the same place. */
  private goTo(number: number, byItself: boolean): void {
    const on = this.player.slide;
    if (!on) return;
    this.byItself = byItself;
    if (this.parts.start.mode === "watch") {
      this.reel.show(this.slides.findIndex((slide) => slide.number === number));
      return;
    }
    this.player.release(on);
    on.become(number, this.words);
    this.turnTo(this.slides.indexOf(on));
  }

  private choose(number: number): void {
    this.parts.page.querySelector<HTMLDialogElement>("#episodes-sheet")?.close();
    if (number !== this.player.slide?.number) this.goTo(number, false);
  }

  private stepEpisode(by: number): void {
    const on = this.player.slide;
    if (!on) return;
    const number = by > 0 ? on.play?.next_number : on.number - 1;
    if (number) this.goTo(number, false);
  }

  private async fetchMore(): Promise<void> {
    if (!this.nextKey || this.fetching) return;
    this.fetching = true;
    const page = await this.parts.server.feed(this.nextKey).catch(() => null);
    this.fetching = false;
    if (!page) return;
    this.nextKey = page.next_key;
    const template = pick<HTMLTemplateElement>(this.parts.page, "#slide-template");
    for (const title of page.titles) {
      const root = slideOf(template, title, this.words);
      this.reel.add(root);
      this.slides.push(new Slide(root));
    }
  }

  private clicked(event: Event): void {
    const target = event.target as Element;
    const act = target.closest<HTMLElement>("[data-act]")?.dataset["act"];
    if (act) return this.press(act);
    if (target.closest(".slide__stage") && !target.closest("a, button")) this.player.toggle();
  }

  private press(act: string): void {
    const on = this.player.slide;
    if (act === "episodes") pick<HTMLDialogElement>(this.parts.page, "#episodes-sheet").showModal();
    else if (act === "speed") this.menus.openSpeed();
    else if (act === "captions") this.menus.openCaptions();
    else if (act === "sound-on") this.player.unmute();
    else if (act === "retry") void this.player.restart(this.around(this.reel.active));
    else if (act === "unlock" && on?.opened?.kind === "locked") this.unlocking.open(on.opened, on.name);
    else this.act(act as Act);
  }

  private act(act: Act): void {
    const { choices, page, root } = this.parts;
    if (act === "play") this.player.toggle();
    else if (act === "up") this.reel.step(-1);
    else if (act === "down") this.reel.step(1);
    else if (act === "back") this.player.seekBy(-SEEK_MS);
    else if (act === "on") this.player.seekBy(SEEK_MS);
    else if (act === "next") this.stepEpisode(1);
    else if (act === "previous") this.stepEpisode(-1);
    else if (act === "fullscreen") turnFullScreen(root);
    else if (act === "captions") this.menus.nextCaptions();
    else if (act === "help") pick<HTMLDialogElement>(page, "#help-sheet").showModal();
    else if (act === "sound") {
      if (!pick(root, ".unmute").hidden) return this.player.unmute();
      choices.muted = !choices.muted;
      this.chosen();
    }
  }

  private chosen(): void {
    const { choices, root, keep } = this.parts;
    keep();
    put(root, "speed", `${choices.speed}×`);
    const sound = pick(root, ".deck__sound");
    sound.dataset["state"] = choices.muted ? "off" : "on";
    sound.ariaLabel = this.words.say(choices.muted ? "soundOff" : "soundOn");
    this.player.apply();
  }

  private sayBalance(coins: number): void {
    for (const place of this.parts.page.querySelectorAll("[data-balance]")) place.textContent = shown(coins);
  }

  private toast(text: string): void {
    this.parts.page.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "info" } }));
  }
}
