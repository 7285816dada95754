/** The theater's API as this page uses it. */
export interface Episode {
  readonly number: number;
  readonly access: "free" | "unlocked" | "locked";
  readonly duration_ms: number;
}

export interface Title {
  readonly slug: string;
  readonly name: string;
  readonly synopsis: string;
  readonly orientation: string;
  readonly genre_label: string;
  readonly ai_label: boolean;
  readonly filing_number: string;
  readonly poster: string;
  readonly episode_count: number;
  readonly free_episode_count: number;
  readonly start_number: number;
  readonly start_position_ms: number;
  readonly about: string;
}

export interface Detail {
  readonly title: Title;
  readonly price_coins: number;
  readonly episodes: readonly Episode[];
}

export interface Subtitle {
  readonly tag: string;
  readonly label: string;
  readonly address: string;
}

export interface Play {
  readonly kind: "play";
  readonly slug: string;
  readonly number: number;
  readonly duration_ms: number;
  readonly master: string;
  readonly poster: string;
  readonly strip: string;
  readonly subtitles: readonly Subtitle[];
  readonly grant: string;
  readonly expires_at_ms: number;
  readonly next_number: number | null;
}

export interface Pack {
  readonly id: number;
  readonly coins: number;
  readonly bonus_coins: number;
  readonly price: string;
}

export interface Locked {
  readonly kind: "locked";
  readonly slug: string;
  readonly number: number;
  readonly price_coins: number;
  readonly duration_ms: number;
  readonly rest: { readonly episode_count: number; readonly coins: number; readonly duration_ms: number };
  readonly balance_coins: number;
  readonly auto_unlock: boolean;
  readonly packs: readonly Pack[];
  readonly real_money: boolean;
  readonly grant: string;
}

export interface Refusal {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string;
}

export interface UnlockReceipt {
  readonly episode_numbers: readonly number[];
  readonly coins: number;
  readonly balance_coins: number;
}

export interface PurchaseReceipt {
  readonly state: string;
  readonly coins: number;
  readonly bonus_coins: number;
  readonly balance_coins: number;
}

/** The server said no, and why. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

export class Server {
  constructor(private readonly api: string, private readonly csrfToken: string) {}

  async feed(after: string): Promise<{ titles: Title[]; next_key: string }> {
    return this.read(await fetch(`${this.api}feed?after=${encodeURIComponent(after)}`));
  }

  async detail(slug: string): Promise<Detail> {
    return this.read(await fetch(`${this.api}titles/${slug}`));
  }

  async play(slug: string, number: number): Promise<Play | Locked> {
    const answer = await this.post("play", { slug, number });
    if (answer.status === 402) return { ...((await answer.json()) as Locked), kind: "locked" };
    return { ...(await this.read<Play>(answer)), kind: "play" };
  }

  async renew(grant: string): Promise<{ master: string; grant: string; expires_at_ms: number }> {
    return this.read(await this.post("renew", { grant }));
  }

  async unlock(slug: string, number: number | null, key: string): Promise<UnlockReceipt> {
    return this.read(await this.post("unlock", { slug, number, idempotency_key: key }));
  }

  async purchase(packId: number, key: string): Promise<PurchaseReceipt> {
    return this.read(await this.post("purchase", { pack_id: packId, idempotency_key: key }));
  }

  keepPlace(slug: string, number: number, positionMs: number): void {
    const place = { slug, number, position_ms: Math.max(0, Math.round(positionMs)) };
    this.post("place", place).catch(() => undefined);
  }

  private post(path: string, body: object): Promise<Response> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrfToken };
    return fetch(this.api + path, { method: "POST", headers, body: JSON.stringify(body), keepalive: true });
  }

  private async read<Answer>(answer: Response): Promise<Answer> {
    if (answer.ok) return (await answer.json()) as Answer;
    const refusal = (await answer.json().catch(() => null)) as Partial<Refusal> | null;
    throw new Refused({
      code: refusal?.code ?? String(answer.status),
      sentence: refusal?.sentence ?? "",
      hint: refusal?.hint ?? "",
    });
  }
}
