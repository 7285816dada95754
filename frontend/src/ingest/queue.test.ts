import { expect, test } from "vitest";
import { type Job, Queue } from "./queue";

function manualJob(): Job & { end: () => void; begun: number } {
  const job = {
    begun: 0,
    end: () => {},
    begin(over: () => void) {
      job.begun += 1;
      job.end = over;
    },
  };
  return job;
}

test("only so many jobs run at once, and each gets its turn", () => {
  const queue = new Queue(2, () => {});
  const jobs = [manualJob(), manualJob(), manualJob()];
  for (const job of jobs) queue.add(job);

  expect(jobs.map((job) => job.begun)).toEqual([1, 1, 0]);
  jobs[0]?.end();
  expect(jobs.map((job) => job.begun)).toEqual([1, 1, 1]);
});

test("it says once that all is done", () => {
  let idle = 0;
  const queue = new Queue(2, () => (idle += 1));
  const [first, second] = [manualJob(), manualJob()];
  queue.add(first);
  queue.add(second);

  first.end();
  expect(idle).toBe(0);
  second.end();
  second.end();
  expect(idle).toBe(1);
});

test("a paused job can be added again, a waiting one taken out", () => {
  const queue = new Queue(1, () => {});
  const [first, second] = [manualJob(), manualJob()];
  queue.add(first);
  queue.add(second);
  queue.remove(second);

  first.end();
  expect(second.begun).toBe(0);
  queue.add(first);
  expect(first.begun).toBe(2);
});
