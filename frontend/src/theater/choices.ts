/** What a viewer chose once stays chosen on this device. */
const PREFIX = "duanju.theater.";

export const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

export interface Choices {
  muted: boolean;
  speed: number;
  captions: string;
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function readChoices(): Choices {
  const speed = Number(read("speed") ?? 1);
  return {
    muted: read("muted") === "yes",
    speed: SPEEDS.some((known) => known === speed) ? speed : 1,
    captions: read("captions") ?? "",
  };
}

export function keepChoices(choices: Choices): void {
  try {
    localStorage.setItem(`${PREFIX}muted`, choices.muted ? "yes" : "no");
    localStorage.setItem(`${PREFIX}speed`, String(choices.speed));
    localStorage.setItem(`${PREFIX}captions`, choices.captions);
  } catch {
    /* A browser that keeps nothing still plays. */
  }
}
