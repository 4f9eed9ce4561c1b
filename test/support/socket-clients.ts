/** Built-in clients of a test behind one PAT, on sockets of the host. */

import { clientFlows, SocketClient } from "../../src/cli/client/socket-client.ts";
import { SocketPat } from "../../src/cli/client/socket-pat.ts";
import type { ClientPlan } from "../../src/engine/client/client-plan.ts";
import { personas } from "../../src/engine/client/personas.ts";
import type { Endpoint } from "../../src/engine/kernel/address.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";

/** Where a gateway listens. */
export interface WirePorts {
  readonly ike: Endpoint;
  readonly natt: Endpoint;
}

export class SocketClients {
  readonly #pat: SocketPat;
  readonly #made: SocketClient[] = [];

  /** `address` is the PAT's outer one. */
  constructor(address: string) {
    this.#pat = new SocketPat(address);
  }

  /** The next one inside; it does not connect by itself. */
  add({ ike, natt }: WirePorts, changes: Partial<ClientPlan> = {}): SocketClient {
    const number = this.#made.length + 1;
    const client = new SocketClient(
      {
        persona: personas["windows-2000"],
        hostName: `pc${number}`,
        ...clientFlows(`10.0.0.${number}`, ike, natt),
        preSharedKey: new Secret("secret"),
        user: "fred",
        password: new Secret("fredPw"),
        remoteL2tpPort: 1701,
        ...changes,
      },
      this.#pat,
      () => undefined,
    );
    this.#made.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#made) client.stop();
    await this.#pat.close();
  }
}
