/** The built-in remote end with its line module and its loop, behind a PAT of this process. */

import { Chassis } from "../../dataplane/chassis.ts";
import { systemClock } from "../../dataplane/io/clock.ts";
import { Driver } from "../../dataplane/io/driver.ts";
import { systemRandom } from "../../dataplane/io/entropy.ts";
import { LineModule } from "../../dataplane/path/line-module.ts";
import { Client } from "../../engine/client/client.ts";
import type { ClientPlan, ClientRequest } from "../../engine/client/client-plan.ts";
import type { ClientView } from "../../engine/client/progress.ts";
import type { Endpoint } from "../../engine/kernel/address.ts";
import type { Log } from "../../engine/kernel/log.ts";
import type { SocketPat } from "./socket-pat.ts";

const IKE_PORT = 500;

export class SocketClient {
  readonly host: string;
  readonly address: string;
  readonly #client: Client;
  readonly #driver: Driver<ClientRequest>;
  #holdsIkePort = false;

  constructor(plan: ClientPlan, pat: SocketPat, log: Log) {
    const random = systemRandom();
    this.host = plan.hostName;
    this.address = plan.flow.local.address;
    this.#client = new Client(plan, { random, log, epoch: (now) => Date.now() + now - systemClock.now() });
    this.#driver = new Driver<ClientRequest>({
      machine: new Chassis<ClientRequest>(this.#client, new LineModule({ random })),
      clock: systemClock,
      send: ({ flow, bytes }) => {
        pat.send({ inside: flow.local, remote: flow.remote, bytes });
        if (flow.local.port === IKE_PORT) this.#holdsIkePort = true;
        else if (this.#holdsIkePort) {
          // Its peer has followed it to the other port: thousands of clients have so many sockets less.
          this.#holdsIkePort = false;
          pat.release(plan.flow.local);
        }
      },
      onBug: (error) => log("system", "error", "a fault in the client", { host: plan.hostName, reason: String(error) }),
    });
    pat.attach(this.address, ({ inside, remote, bytes }) => {
      const role = inside.port === IKE_PORT ? "ike" : "natt";
      this.#driver.datagram({ role, flow: { local: inside, remote, wire: inside }, bytes });
    });
  }

  get view(): ClientView {
    return this.#client.view();
  }

  get answered(): number {
    return this.view.pingTotals.answered;
  }

  connect(): void {
    this.#driver.request({ type: "connect" });
  }

  /** `again` = the last one once more, which counts as one with it. */
  ping(to: string, again = false): void {
    this.#driver.request({ type: "ping", to, again });
  }

  /** Asks for a new SA pair, as though the one in use had carried all it may. */
  expireSa(): void {
    this.#driver.request({ type: "expireSa" });
  }

  disconnect(): void {
    this.#driver.request({ type: "disconnect" });
  }

  stop(): void {
    this.#driver.stop();
  }
}

/** The two ends of a client's outer flows towards the gateway's IKE and NAT-T ports. */
export function clientFlows(
  address: string,
  ike: Endpoint,
  natt: Endpoint,
): Pick<ClientPlan, "flow" | "natTraversalFlow"> {
  const flow = (port: number, remote: Endpoint) => {
    const local = { address, port };
    return { local, remote, wire: local };
  };
  return { flow: flow(IKE_PORT, ike), natTraversalFlow: flow(4500, natt) };
}
