import { expect, test } from "vitest";
import { Chassis } from "../../src/dataplane/chassis.ts";
import { LineModule } from "../../src/dataplane/path/line-module.ts";
import type { EngineOutput, Punt } from "../../src/engine/forwarding.ts";
import type { Deadline, Machine, Millis } from "../../src/engine/kernel/machine.ts";
import { Outputs } from "../../src/engine/kernel/outputs.ts";
import { DEFAULT_ROUTER } from "../../src/engine/spec.ts";
import { hex } from "../support/hex.ts";
import { ping } from "../support/line-peer.ts";
import { seededRandom } from "../support/random.ts";

/** Answers every IKE message with itself, and pings itself when told to. */
class EchoEngine implements Machine<Punt | { readonly type: "pingYourself" }, EngineOutput> {
  readonly heard: string[] = [];
  readonly #outputs = new Outputs<EngineOutput>();
  #deadline: Deadline | undefined = { at: 50, why: "test" };

  handleInput(input: Punt | { readonly type: "pingYourself" }, now: Millis): void {
    this.heard.push(`${input.type} ${now}`);
    if (input.type === "ike") this.#outputs.push({ type: "ike", flow: input.flow, bytes: input.bytes });
    if (input.type !== "pingYourself") return;
    const virtualRouter = DEFAULT_ROUTER;
    this.#outputs.push({ type: "configureRouter", virtualRouter, addresses: ["10.0.0.1"], ipsecOnly: [], routes: [] });
    this.#outputs.push({ type: "ip", virtualRouter, bytes: ping("10.0.0.1", "10.0.0.1") });
  }

  handleTimeout(now: Millis): void {
    this.heard.push(`timeout ${now}`);
    this.#deadline = undefined;
  }

  pollOutput(): EngineOutput | undefined {
    return this.#outputs.poll();
  }

  pollTimeout(): Deadline | undefined {
    return this.#deadline;
  }
}

test("punts reach the engine and its transmissions leave, within one input", () => {
  const engine = new EchoEngine();
  const chassis = new Chassis(engine, new LineModule({ random: seededRandom(1) }));
  const local = { address: "203.0.113.1", port: 4500 };
  const flow = { local, remote: { address: "198.51.100.1", port: 999 }, wire: local };
  chassis.handleInput({ type: "datagrams", datagrams: [{ role: "natt", flow, bytes: hex("00000000aabb") }] }, 7);
  expect(chassis.pollOutput()).toEqual({ role: "natt", flow, bytes: hex("00000000aabb") });
  expect(chassis.pollOutput()).toBeUndefined();
  expect(engine.heard).toEqual(["ike 7"]);
});

test("programming is applied before what follows it, and what it causes comes back up", () => {
  const engine = new EchoEngine();
  const chassis = new Chassis(engine, new LineModule({ random: seededRandom(1) }));
  chassis.handleInput({ type: "request", request: { type: "pingYourself" } }, 3);
  expect(engine.heard).toEqual(["pingYourself 3", "ip 3"]);
});

test("deadlines are the engine's", () => {
  const engine = new EchoEngine();
  const chassis = new Chassis(engine, new LineModule({ random: seededRandom(1) }));
  expect(chassis.pollTimeout()).toEqual({ at: 50, why: "test" });
  chassis.handleTimeout(50);
  expect(chassis.pollTimeout()).toBeUndefined();
  expect(engine.heard).toEqual(["timeout 50"]);
});
