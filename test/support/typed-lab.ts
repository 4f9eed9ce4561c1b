/** A router as it is typed, show commands and all, among clients and LACs that do what a test tells them, in simulated time. */

import { LabClient } from "../../src/cli/api/lab-client.ts";
import { SimulatedRouter } from "../../src/cli/api/router.ts";
import { Site } from "../../src/cli/api/site.ts";
import { Nat } from "../../src/dataplane/sim/nat.ts";
import { type Persona, personas } from "../../src/engine/client/personas.ts";
import type { Millis } from "../../src/engine/kernel/machine.ts";

interface Caller {
  readonly psk: string;
  readonly user?: string;
  readonly password?: string;
  readonly behind?: Nat;
  readonly address?: string;
  /** Absent = the first that answers with IPsec. */
  readonly gateway?: string;
  /** `clear` = L2TP without IPsec; absent = under it. */
  readonly transport?: "clear";
  /** What it does otherwise than Windows 2000. */
  readonly manners?: Partial<Persona>;
}

export class TypedLab {
  readonly router: SimulatedRouter;
  readonly #site: Site;

  /** Throws an `Error` when a line of the configuration is refused. */
  constructor(config: string) {
    const startDate = new Date("2026-01-01T00:00:00Z");
    this.#site = new Site(1, {}, (now) => startDate.getTime() + now);
    this.router = new SimulatedRouter(this.#site.network, this.#site.random(1), { config, startDate });
    const [refused] = this.router.report.refused;
    if (refused !== undefined) throw new Error(`${refused.text}: ${refused.reason}`);
  }

  get network() {
    return this.#site.network;
  }

  get now(): Millis {
    return this.network.now;
  }

  run(millis: Millis): void {
    this.network.runFor(millis);
  }

  nat(outside: string): Nat {
    return new Nat({ outside });
  }

  enrol({ manners, behind, address, gateway, psk, user = "fred", password = "fredPw" }: Caller) {
    return this.#site.enrol({
      persona: { ...personas["windows-2000"], ...manners },
      gateway: gateway ?? this.router.gatewayAddress ?? "",
      behind,
      address,
      psk,
      user,
      password,
    });
  }

  client({ transport, ...caller }: Caller): LabClient {
    const { plan, context } = this.enrol(caller);
    return new LabClient({ ...plan, ...(transport && { transport }) }, context);
  }

  /** The lines that a command prints. */
  show(command: string): string[] {
    return this.router.run(command).text.split("\n");
  }

  /** Types lines in configuration mode; throws an `Error` where one is refused. */
  configure(...lines: readonly string[]): void {
    const { refused } = this.router.paste(lines.join("\n"));
    if (refused.length > 0) throw new Error(refused.map(({ text, reason }) => `${text}: ${reason}`).join("\n"));
  }
}
