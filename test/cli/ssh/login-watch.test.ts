import { expect, test } from "vitest";
import { LoginWatch } from "../../../src/cli/ssh/login-watch.ts";
import type { LoginGuardSpec } from "../../../src/modes/common/login-watch.ts";
import { HandClock } from "../../support/hand-clock.ts";

const GUARD: LoginGuardSpec = { delaySeconds: 1, block: { seconds: 60, attempts: 3, withinSeconds: 30 } };

/** A watch whose time passes when it is told to. */
class Watched {
  readonly #clock = new HandClock();
  guard: LoginGuardSpec | undefined;
  readonly told: string[] = [];
  readonly watch: LoginWatch;

  constructor(guard: LoginGuardSpec | undefined = GUARD) {
    this.guard = guard;
    this.watch = new LoginWatch({
      timers: this.#clock,
      log: (_category, _severity, text, fields) => this.told.push(`${text} ${JSON.stringify(fields ?? {})}`),
      date: () => new Date(this.#clock.now()),
      guard: () => this.guard,
    });
  }

  at(seconds: number): this {
    this.#clock.advance(seconds * 1000 - this.#clock.now());
    return this;
  }

  fail(user = "eve"): this {
    this.watch.failed({ user, from: "192.0.2.1" });
    return this;
  }

  get quiet(): boolean {
    return this.watch.quiet !== undefined;
  }
}

test("so many failures within the time begin quiet mode, which ends by itself; both are told", () => {
  const seen = new Watched().at(0).fail().at(10).fail();
  expect([seen.quiet, seen.watch.view.countedFailures, seen.watch.view.windowMillis]).toEqual([false, 2, 20_000]);
  seen.at(12).fail();
  expect([seen.quiet, seen.watch.view.quietMillis, seen.watch.view.totalFailures]).toEqual([true, 60_000, 3]);
  expect(seen.told.at(-1)).toBe(
    'quiet mode began {"user":"eve","from":"192.0.2.1","localport":22,"count":3,"left":18}',
  );
  seen.at(71).fail();
  expect(seen.quiet).toBe(true);
  seen.at(72);
  expect([seen.quiet, seen.told.at(-1)]).toEqual([false, "quiet mode is over {}"]);
  // What failed meanwhile does not count.
  seen.fail().fail();
  expect(seen.quiet).toBe(false);
});

test("a failure counts only as long as the time is", () => {
  const seen = new Watched().at(0).fail().at(10).fail().at(30).fail();
  expect([seen.quiet, seen.watch.view.countedFailures]).toEqual([false, 2]);
  seen.at(39).fail();
  expect(seen.quiet).toBe(true);
});

test("quiet mode is over as soon as the configuration asks for it no more, and nothing counts without it", () => {
  const seen = new Watched().fail().fail().fail();
  expect(seen.quiet).toBe(true);
  seen.guard = { delaySeconds: 0 };
  expect([seen.quiet, seen.watch.view.quietMillis]).toEqual([false, 0]);
  const unwatched = new Watched({ delaySeconds: 0 });
  for (let attempt = 0; attempt < 100; attempt += 1) unwatched.fail();
  expect([unwatched.quiet, unwatched.watch.view.totalFailures]).toEqual([false, 100]);
});

test("the failures of a name are shown together, and the ones that failed longest ago are forgotten", () => {
  const seen = new Watched(undefined);
  seen.fail("first").fail("second").at(5).fail("first");
  expect(seen.watch.view.failures.map(({ user, count, at }) => [user, count, at.getTime()])).toEqual([
    ["second", 1, 0],
    ["first", 2, 5000],
  ]);
  for (let other = 0; other < 63; other += 1) seen.fail(`other ${other}`);
  expect(seen.watch.view.failures.map(({ user }) => user).slice(0, 2)).toEqual(["first", "other 0"]);
});
