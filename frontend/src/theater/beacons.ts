/**
 * Reports of watching. Every event has an id of its own making, so the same batch may be sent twice;
 * a batch is kept until the server has said that it is durable, past a closed tab if need be.
 */
export type EventKind = "start" | "progress" | "end" | "paywall";

export interface BeaconEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly occurred_at_ms: number;
  readonly sequence: number;
  readonly effective_ms: number;
  readonly position_ms: number;
  readonly language: string;
}

export interface Batch {
  readonly grant: string;
  readonly events: readonly BeaconEvent[];
}

/** What became of a batch: durable, refused for good, or unknown. */
export type Delivery = "kept" | "refused" | "unknown";

export interface Surroundings {
  readonly storage: Storage;
  /** BCP 47 tag of the page. */
  readonly language: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly send: (body: string) => Promise<Delivery>;
  /** Hands the body over while the page goes away; no answer will come. */
  readonly sendLast: (body: string) => boolean;
}

const PREFIX = "duanju.beacon.";
export const KEPT_BATCHES_MAX = 60;
export const BATCH_EVENTS_MAX = 50;
/** Younger batches may still be under way from another tab. */
export const RESEND_AFTER_MS = 20_000;

export class Session {
  private sequence = 0;
  private readonly said = new Set<EventKind>();
  readonly open: BeaconEvent[] = [];

  constructor(public grant: string, private readonly around: Surroundings) {}

  /** Note an event; `start`, `end` and `paywall` count once a session. */
  note(kind: EventKind, { effectiveMs = 0, positionMs = 0 } = {}): void {
    if (kind !== "progress" && this.said.has(kind)) return;
    this.said.add(kind);
    this.open.push({
      id: this.around.newId(),
      kind,
      occurred_at_ms: this.around.now(),
      sequence: this.sequence,
      effective_ms: Math.round(effectiveMs),
      position_ms: Math.round(positionMs),
      language: this.around.language,
    });
    this.sequence += 1;
  }
}

export class Beacons {
  private readonly sessions = new Set<Session>();

  constructor(private readonly around: Surroundings) {}

  session(grant: string): Session {
    const session = new Session(grant, this.around);
    this.sessions.add(session);
    return session;
  }

  /** Send what is open; each batch is kept under its own key until it is durable. */
  async flush(): Promise<void> {
    await Promise.all(this.close().map(([key, body]) => this.deliver(key, body)));
  }

  /** The page goes away: hand everything over and keep it, for nobody will hear the answer. */
  flushLast(): void {
    for (const [, body] of this.close()) this.around.sendLast(body);
  }

  /** Send again what an earlier page, or a failed try, left behind; the ids stay the same. */
  async resend(): Promise<void> {
    const before = this.around.now() - RESEND_AFTER_MS;
    const waiting = this.keys().filter((key) => Number(key.slice(PREFIX.length).split(".")[0]) <= before);
    for (const key of waiting) {
      const body = this.around.storage.getItem(key);
      if (body !== null && (await this.deliver(key, body)) === "unknown") return;
    }
  }

  private close(): [string, string][] {
    const batches: [string, string][] = [];
    for (const session of this.sessions) {
      while (session.open.length > 0) {
        const batch: Batch = { grant: session.grant, events: session.open.splice(0, BATCH_EVENTS_MAX) };
        const body = JSON.stringify(batch);
        batches.push([this.keep(body), body]);
      }
    }
    return batches;
  }

  private async deliver(key: string, body: string): Promise<Delivery> {
    const delivery = await this.around.send(body);
    if (delivery !== "unknown") this.around.storage.removeItem(key);
    return delivery;
  }

  private keep(body: string): string {
    const key = `${PREFIX}${this.around.now()}.${this.around.newId()}`;
    for (const oldest of this.keys().slice(0, -(KEPT_BATCHES_MAX - 1))) this.around.storage.removeItem(oldest);
    try {
      this.around.storage.setItem(key, body);
    } catch {
      /* A full or forbidden storage loses the second chance, not the first. */
    }
    return key;
  }

  private keys(): string[] {
    const keys: string[] = [];
    for (let index = 0; index < this.around.storage.length; index += 1) {
      const key = this.around.storage.key(index);
      if (key?.startsWith(PREFIX)) keys.push(key);
    }
    return keys.sort();
  }
}

/** Which answers keep a beacon, which end it, and which ask for it again. */
function delivered(answer: Response): Delivery {
  if (answer.ok) return "kept";
  return answer.status >= 500 || answer.status === 429 || answer.status === 408 ? "unknown" : "refused";
}

/**
 * Send to the first address that can be reached. A collector behind a port that the network does
 * not let through is forgotten for the rest of the page once another address has answered.
 */
export function sender(addresses: readonly string[], post: (address: string, body: string) => Promise<Delivery>) {
  const open = [...addresses];
  return {
    first: (): string => open[0] ?? "",
    send: async (body: string): Promise<Delivery> => {
      for (const address of [...open]) {
        try {
          const delivery = await post(address, body);
          open.splice(0, open.indexOf(address));
          return delivery;
        } catch {
          /* Nothing answers there: the next one may. */
        }
      }
      return "unknown";
    },
  };
}

/** The page's real surroundings. */
export function surroundings(addresses: readonly string[], now: () => number, newId: () => string): Surroundings {
  const headers = { "Content-Type": "text/plain" };
  const sending = sender(addresses, async (address, body) =>
    delivered(await fetch(address, { method: "POST", body, headers, keepalive: true })),
  );
  return {
    storage: window.localStorage,
    language: document.documentElement.lang,
    now,
    newId,
    send: sending.send,
    sendLast: (body) => navigator.sendBeacon(sending.first(), new Blob([body], { type: "text/plain" })),
  };
}
