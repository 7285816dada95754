/** The sheet that says what going on takes, takes it once, and gives a receipt. */
import { newId } from "./uuid7";
import { Refused, type Locked, type Pack, type Server } from "./server";
import { clock, pick, put, type Words } from "./words";

type Wish = "episode" | "rest";

/** A second press within this time is the same gesture, and not meant for what now lies under it. */
const GESTURE_MS = 400;

/** A wish keeps its key until it is answered, so that a retry after a lost reply is the same wish. */
const KEYS = new Map<string, string>();

async function once<Answer>(wish: string, act: (key: string) => Promise<Answer>): Promise<Answer> {
  const key = KEYS.get(wish) ?? newId();
  KEYS.set(wish, key);
  try {
    const answer = await act(key);
    KEYS.delete(wish);
    return answer;
  } catch (error) {
    if (error instanceof Refused) KEYS.delete(wish);
    throw error;
  }
}

export class Unlocking {
  private readonly dialog: HTMLDialogElement;
  private readonly offer: HTMLElement;
  private readonly receipt: HTMLElement;
  private readonly pay: HTMLButtonElement;
  private readonly watch: HTMLButtonElement;
  private locked: Locked | null = null;
  private name = "";
  private busy = false;

  constructor(
    page: Document,
    private readonly server: Server,
    private readonly words: Words,
    private readonly onUnlocked: (numbers: readonly number[]) => void,
    private readonly onBalance: (coins: number) => void,
  ) {
    this.dialog = pick(page, "#unlock-sheet");
    this.offer = pick(this.dialog, "[data-unlock=offer]");
    this.receipt = pick(this.dialog, "[data-unlock=receipt]");
    this.pay = pick(this.dialog, "[data-act=pay]");
    this.pay.addEventListener("click", () => void this.unlock(this.wish()));
    this.watch = pick(this.dialog, "[data-act=watch-unlocked]");
    this.watch.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => this.swallow(event), { capture: true });
    for (const choice of this.radios()) choice.addEventListener("change", () => this.draw());
  }

  get isOpen(): boolean {
    return this.dialog.open;
  }

  open(locked: Locked, name: string): void {
    this.locked = locked;
    this.name = name;
    this.refuse("");
    this.turn("offer");
    const first = this.radios()[0];
    if (first) first.checked = true;
    this.draw();
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Unlock without the sheet, where the viewer allowed it; tell whether it went through. */
  async unlockQuietly(locked: Locked): Promise<boolean> {
    try {
      const wish = `${locked.slug}:${locked.number}`;
      const answer = await once(wish, (key) => this.server.unlock(locked.slug, locked.number, key));
      this.onBalance(answer.balance_coins);
      this.onUnlocked([locked.number]);
      return true;
    } catch {
      return false;
    }
  }

  private radios(): HTMLInputElement[] {
    return [...this.dialog.querySelectorAll<HTMLInputElement>("input[name=unlock]")];
  }

  private wish(): Wish {
    return this.radios().find((choice) => choice.checked)?.value === "rest" ? "rest" : "episode";
  }

  private price(wish: Wish): number {
    return wish === "rest" ? (this.locked?.rest.coins ?? 0) : (this.locked?.price_coins ?? 0);
  }

  private draw(): void {
    const locked = this.locked;
    if (!locked) return;
    const { words, offer } = this;
    const minutes = Math.max(1, Math.round(locked.rest.duration_ms / 60_000));
    put(offer, "line", words.say("unlockLine", { name: this.name }));
    put(offer, "episode-name", words.say("episode", { number: locked.number }));
    put(offer, "episode-time", words.say("length", { time: clock(locked.duration_ms) }));
    put(offer, "episode-coins", locked.price_coins);
    put(offer, "rest-time", words.say("rest", { count: locked.rest.episode_count, minutes }));
    put(offer, "rest-coins", locked.rest.coins);
    put(offer, "balance", words.say("coins", { coins: locked.balance_coins }));
    this.drawAfter(locked, this.price(this.wish()));
    pick(offer, "[data-slot=sandbox]").hidden = locked.real_money || locked.packs.length === 0;
  }

  private drawAfter(locked: Locked, price: number): void {
    const { words, offer } = this;
    const left = locked.balance_coins - price;
    put(offer, "after-label", words.say(left < 0 ? "short" : "after"));
    put(offer, "after", words.say("coins", { coins: Math.abs(left) }));
    this.pay.textContent = words.say(left < 0 ? "payShort" : "pay", { coins: left < 0 ? -left : price });
    this.pay.disabled = left < 0;
    pick(offer, "[data-slot=shop]").hidden = left >= 0 || locked.packs.length === 0;
    if (left < 0) this.drawPacks(locked.packs, -left);
  }

  private drawPacks(packs: readonly Pack[], neededCoins: number): void {
    const list = pick(this.offer, "[data-slot=packs]");
    const template = pick<HTMLTemplateElement>(document, "#pack-template");
    const enough = packs.find((pack) => pack.coins + pack.bonus_coins >= neededCoins);
    list.replaceChildren(
      ...packs.map((pack) => {
        const item = template.content.cloneNode(true) as DocumentFragment;
        put(item, "coins", this.words.say("coins", { coins: pack.coins }));
        put(item, "bonus", pack.bonus_coins ? this.words.say("bonus", { coins: pack.bonus_coins }) : "");
        put(item, "price", pack.price);
        const button = pick<HTMLButtonElement>(item, "button");
        button.classList.toggle("pack--fits", pack === enough);
        button.addEventListener("click", () => void this.buy(pack));
        return item;
      }),
    );
  }

  private async unlock(wish: Wish): Promise<void> {
    const locked = this.locked;
    if (!locked) return;
    await this.attempt(async () => {
      const number = wish === "rest" ? null : locked.number;
      const answer = await once(`${locked.slug}:${number}`, (key) => this.server.unlock(locked.slug, number, key));
      this.onBalance(answer.balance_coins);
      const line =
        wish === "rest"
          ? this.words.say("unlockedRest", { count: answer.episode_numbers.length })
          : this.words.say("unlockedOne", { number: locked.number });
      put(this.receipt, "receipt", line);
      put(this.receipt, "receipt-coins", answer.coins);
      put(this.receipt, "receipt-balance", answer.balance_coins);
      this.turn("receipt");
      this.waitForGesture();
      this.onUnlocked(answer.episode_numbers.length ? answer.episode_numbers : [locked.number]);
    });
  }

  private async buy(pack: Pack): Promise<void> {
    await this.attempt(async () => {
      const answer = await once(`pack:${pack.id}`, (key) => this.server.purchase(pack.id, key));
      this.onBalance(answer.balance_coins);
      if (this.locked) this.locked = { ...this.locked, balance_coins: answer.balance_coins };
      this.draw();
      if (answer.state !== "paid") return;
      const coins = answer.coins + answer.bonus_coins;
      const text = this.words.say("bought", { coins, balance: answer.balance_coins });
      document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "success" } }));
    });
  }

  /** One wish at a time: a second press while the first is under way does nothing. */
  private async attempt(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.dialog.setAttribute("aria-busy", "true");
    this.refuse("");
    try {
      await act();
    } catch (error) {
      const words = error instanceof Refused ? `${error.refusal.sentence} ${error.refusal.hint}` : "";
      this.refuse(words.trim() || this.words.say("offline"));
    } finally {
      this.busy = false;
      this.dialog.removeAttribute("aria-busy");
    }
  }

  /** Let a double press on "Unlock" neither close the sheet nor press what has moved under it. */
  private waitForGesture(): void {
    this.watch.disabled = true;
    setTimeout(() => {
      this.watch.disabled = false;
      this.watch.focus();
    }, GESTURE_MS);
  }

  private swallow(event: Event): void {
    if (!this.receipt.hidden && this.watch.disabled) event.stopPropagation();
  }

  private refuse(text: string): void {
    const place = pick(this.offer, "[data-slot=refusal]");
    place.hidden = !text;
    place.textContent = text;
  }

  private turn(side: "offer" | "receipt"): void {
    this.offer.hidden = side !== "offer";
    this.receipt.hidden = side !== "receipt";
  }
}
