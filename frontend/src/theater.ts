/** The theater: joins the page's parts and starts with the slide that the server drew first. */
import "../styles/theater.css";
import { Beacons, surroundings } from "./theater/beacons";
import { keepChoices, readChoices } from "./theater/choices";
import { serverClock } from "./theater/clock";
import { Stage } from "./theater/stage";
import { Server } from "./theater/server";
import { newId } from "./theater/uuid7";

export interface Start {
  readonly mode: "feed" | "watch";
  readonly api: string;
  readonly collectors: readonly string[];
  readonly events: string;
  readonly csrf_token: string;
  readonly now_ms: number;
  readonly next_key?: string;
  readonly number?: number;
}

const root = document.getElementById("theater");
const data = document.getElementById("theater-start")?.textContent;
if (root && data) {
  const start = JSON.parse(data) as Start;
  const choices = readChoices();
  const server = new Server(start.api, start.csrf_token);
  const now = serverClock(start.now_ms);
  const beacons = new Beacons(surroundings([...start.collectors, start.events], now, () => newId(now)));
  new Stage({ page: document, root, start, server, beacons, choices, keep: () => keepChoices(choices) }).begin();
}
