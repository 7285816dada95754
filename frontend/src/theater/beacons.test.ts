import { beforeEach, expect, test } from "vitest";
import { Beacons, KEPT_BATCHES_MAX, RESEND_AFTER_MS, sender, type Batch, type Delivery, type Surroundings } from "./beacons";

class Memory implements Storage {
  private readonly kept = new Map<string, string>();
  get length(): number { return this.kept.size; }
  clear(): void { this.kept.clear(); }
  getItem(key: string): string | null { return this.kept.get(key) ?? null; }
  key(index: number): string | null { return [...this.kept.keys()][index] ?? null; }
  removeItem(key: string): void { this.kept.delete(key); }
  setItem(key: string, value: string): void { this.kept.set(key, value); }
}

let now: number;
let made: number;
let answer: Delivery;
let sent: Batch[];
let storage: Memory;
let around: Surroundings;

beforeEach(() => {
  now = 1_780_000_000_000;
  made = 0;
  answer = "kept";
  sent = [];
  storage = new Memory();
  const send = (body: string): void => void sent.push(JSON.parse(body) as Batch);
  around = {
    storage,
    language: "en",
    now: () => now,
    newId: () => `id-${String((made += 1)).padStart(6, "0")}`,
    send: async (body) => { send(body); return answer; },
    sendLast: (body) => { send(body); return true; },
  };
});

test("events of a session are numbered and sent together with its grant", async () => {
  const beacons = new Beacons(around);
  const session = beacons.session("grant");
  session.note("start");
  session.note("progress", { effectiveMs: 9999.6, positionMs: 10_000 });
  await beacons.flush();
  expect(sent).toEqual([{
    grant: "grant",
    events: [
      { id: "id-000001", kind: "start", occurred_at_ms: now, sequence: 0, effective_ms: 0, position_ms: 0, language: "en" },
      { id: "id-000002", kind: "progress", occurred_at_ms: now, sequence: 1, effective_ms: 10_000, position_ms: 10_000, language: "en" },
    ],
  }]);
  expect(storage.length).toBe(0);
});

test("a start, an end and a paywall count once a session", () => {
  const session = new Beacons(around).session("grant");
  for (let time = 0; time < 2; time += 1) for (const kind of ["start", "end", "paywall", "progress"] as const) session.note(kind);
  expect(session.open.map(({ kind }) => kind)).toEqual(["start", "end", "paywall", "progress", "progress"]);
});

test("a batch without an answer is sent again with the same ids", async () => {
  answer = "unknown";
  const beacons = new Beacons(around);
  beacons.session("grant").note("start");
  await beacons.flush();
  now += RESEND_AFTER_MS;
  answer = "kept";
  await beacons.resend();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  await beacons.resend();
  expect(sent).toHaveLength(2);
});

test("what a closed tab handed over is told again by the next page", async () => {
  const closed = new Beacons(around);
  closed.session("grant").note("progress", { effectiveMs: 3000 });
  closed.flushLast();
  expect(storage.length).toBe(1);
  now += RESEND_AFTER_MS;
  await new Beacons(around).resend();
  expect(sent[1]).toEqual(sent[0]);
  expect(storage.length).toBe(0);
});

test("what may still be under way from another tab is left alone", async () => {
  new Beacons(around).session("grant");
  const other = new Beacons(around);
  other.session("other").note("start");
  other.flushLast();
  now += RESEND_AFTER_MS - 1;
  await new Beacons(around).resend();
  expect(sent).toHaveLength(1);
});

test("what the server refuses for good is not sent again", async () => {
  answer = "refused";
  const beacons = new Beacons(around);
  beacons.session("grant").note("start");
  await beacons.flush();
  expect(storage.length).toBe(0);
});

test("a long time offline keeps the newest batches only", async () => {
  answer = "unknown";
  const beacons = new Beacons(around);
  const session = beacons.session("grant");
  for (let batch = 0; batch < KEPT_BATCHES_MAX + 5; batch += 1) {
    session.note("progress", { effectiveMs: batch });
    now += 10_000;
    await beacons.flush();
  }
  expect(storage.length).toBe(KEPT_BATCHES_MAX);
});

test("a storage that is full or forbidden does not stop the first try", async () => {
  storage.setItem = () => { throw new Error("full"); };
  const beacons = new Beacons(around);
  beacons.session("grant").note("start");
  await beacons.flush();
  expect(sent).toHaveLength(1);
});

test("the page's own address is asked where no collector answers, and then first", async () => {
  const asked: string[] = [];
  const sending = sender(["collector", "own"], async (address) => {
    asked.push(address);
    if (address === "collector") throw new TypeError("no answer");
    return "kept";
  });
  expect(sending.first()).toBe("collector");
  expect(await sending.send("body")).toBe("kept");
  expect(sending.first()).toBe("own");
  expect(await sending.send("body")).toBe("kept");
  expect(asked).toEqual(["collector", "own", "own"]);
});

test("a collector that refuses or is full has answered, and nobody else is asked", async () => {
  const asked: string[] = [];
  const answers: Delivery[] = ["unknown", "refused", "kept"];
  const sending = sender(["collector", "own"], async (address) => {
    asked.push(address);
    return answers.shift() ?? "kept";
  });
  expect([await sending.send("1"), await sending.send("2"), await sending.send("3")]).toEqual(["unknown", "refused", "kept"]);
  expect(asked).toEqual(["collector", "collector", "collector"]);
});

test("no collector is forgotten while the device is offline", async () => {
  const sending = sender(["collector", "own"], async () => { throw new TypeError("offline"); });
  expect(await sending.send("body")).toBe("unknown");
  expect(sending.first()).toBe("collector");
});
