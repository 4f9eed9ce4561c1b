import { expect, test } from "vitest";
import { LogHub } from "../../src/cli/log-hub.ts";

test("the hub keeps the last events, oldest first, and not those of single packets", () => {
  const hub = new LogHub(({ severity }) => severity !== "debug");
  for (let index = 0; index < 10_000; index += 1) hub.log("system", "info", "said", { index });
  hub.log("ike", "debug", "a packet");
  expect(hub.events.length).toBeGreaterThanOrEqual(4096);
  expect(hub.events.length).toBeLessThan(8192);
  expect(hub.events.at(-1)?.event).toEqual({
    category: "system",
    severity: "info",
    text: "said",
    fields: { index: 9999 },
  });
  expect(hub.logged.buffer).toBe(10_000);
});

test("clearing forgets the events and keeps the counts, and listeners hear everything", () => {
  const hub = new LogHub(({ severity }) => severity !== "debug");
  const heard: string[] = [];
  const stop = hub.listen(({ event }) => void heard.push(event.text));
  hub.log("ike", "debug", "one");
  hub.log("ike", "info", "two");
  hub.shown("monitor", 2);
  hub.clear();
  stop();
  hub.log("ike", "info", "three");
  expect(heard).toEqual(["one", "two"]);
  expect(hub.events.map(({ event }) => event.text)).toEqual(["three"]);
  expect(hub.logged).toEqual({ console: 0, monitor: 2, buffer: 2 });
});
