/** What every lab stands on: a network whose accidents come from a seed, and remote users with an address and chances of their own. */

import type { Nat } from "../../dataplane/sim/nat.ts";
import { Network, type NetworkOptions } from "../../dataplane/sim/network.ts";
import type { ClientCertificate, ClientPlan } from "../../engine/client/client-plan.ts";
import type { Persona } from "../../engine/client/personas.ts";
import { isIpv6 } from "../../engine/kernel/address.ts";
import type { Millis } from "../../engine/kernel/machine.ts";
import type { Random } from "../../engine/kernel/random.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import { seededRandom } from "../../engine/kernel/seeded-random.ts";
import type { UserContext } from "./remote-user.ts";

export interface Enrolment {
  readonly persona: Persona;
  /** Which address it calls. */
  readonly gateway: string;
  readonly behind: Nat | undefined;
  /** Absent = one that no other user has. */
  readonly address: string | undefined;
  readonly psk: string;
  /** In place of the pre-shared key. */
  readonly certificate?: ClientCertificate | undefined;
  readonly user: string;
  readonly password: string;
}

/** Each source of accidents has a seed of its own, far from those of the next run. */
const SEEDS_PER_SITE = 10_000;
const NETWORK_SEED = 5;
const FIRST_USER_SEED = 100;

export class Site {
  readonly network: Network;
  readonly #seed: number;
  readonly #epoch: (now: Millis) => number;
  #users = 0;

  /** `epoch`: milliseconds since 1970 at a moment of the network's clock. */
  constructor(seed: number, network: Partial<NetworkOptions>, epoch: (now: Millis) => number) {
    this.#seed = seed * SEEDS_PER_SITE;
    this.#epoch = epoch;
    this.network = new Network({ random: this.random(NETWORK_SEED), ...network });
  }

  /** Chances of their own for each use, below 100; 5 is the network's. */
  random(use: number): Random {
    return seededRandom(this.#seed + use);
  }

  /** The next user, as far as all users are alike. */
  enrol({ persona, gateway, behind, address: wanted, psk, certificate, user, password }: Enrolment): {
    readonly plan: ClientPlan;
    readonly context: UserContext;
  } {
    this.#users += 1;
    const number = this.#users;
    const address = wanted ?? addressOf(number, behind !== undefined, isIpv6(gateway));
    const flow = (port: number) => {
      const local = { address, port };
      return { local, remote: { address: gateway, port }, wire: local };
    };
    return {
      plan: {
        persona,
        hostName: `pc${number}`,
        flow: flow(500),
        natTraversalFlow: flow(4500),
        preSharedKey: new Secret(psk),
        ...(certificate === undefined ? {} : { certificate }),
        user,
        password: new Secret(password),
        remoteL2tpPort: 1701,
      },
      context: { network: this.network, random: this.random(FIRST_USER_SEED + number), behind, epoch: this.#epoch },
    };
  }
}

/** Of the family that is called, for documentation on the public side (RFC 5737, RFC 3849) and private behind a NAT. */
function addressOf(number: number, isBehind: boolean, overIpv6: boolean): string {
  if (overIpv6) return `${isBehind ? "fd00" : "2001:db8:b"}::${(number + 1).toString(16)}`;
  return isBehind ? inBlock("10.0", number + 1) : inBlock("192.0", 0x200 + number);
}

function inBlock(block: string, number: number): string {
  return `${block}.${number >> 8}.${number & 0xff}`;
}
