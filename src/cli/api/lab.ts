/** A router, its users and the network between them, all of it in simulated time and repeatable from a seed. */

import { Capture } from "../../dataplane/sim/capture.ts";
import { Nat } from "../../dataplane/sim/nat.ts";
import type { NetworkFaults } from "../../dataplane/sim/network.ts";
import type { ClientCertificate } from "../../engine/client/client-plan.ts";
import type { PersonaName } from "../../engine/client/persona-names.ts";
import { personas } from "../../engine/client/personas.ts";
import { Secret } from "../../engine/kernel/secret.ts";
import type { DialectName } from "../../modes/dialect.ts";
import { clientCertificate } from "../client/client-certificate.ts";
import { LabClient } from "./lab-client.ts";
import { type RouterOptions, SimulatedRouter } from "./router.ts";
import { Site } from "./site.ts";

export interface LabOptions<Dialect extends DialectName = DialectName> extends RouterOptions<Dialect> {
  /** A whole number: the same one gives the same run to the octet; 1 if absent. */
  readonly seed?: number;
  /** What packets meet from the start. */
  readonly network?: Partial<NetworkFaults>;
}

export interface LabClientOptions {
  /** `windows-2000` if absent. */
  readonly persona?: PersonaName;
  /** The pre-shared key of IKE. */
  readonly psk?: string;
  /** In place of it. Clients judge the router's certificate by the clock of the router: `startDate`. */
  readonly certificate?: LabCertificate;
  readonly user: string;
  readonly password: string;
  /** Absent = it has a public address. */
  readonly behind?: Nat;
  /** Its own address; absent = one that no other client has. */
  readonly address?: string;
  /** Which of the router's addresses it calls; absent = the first that answers with IPsec. */
  readonly gateway?: string;
}

/** What a client proves itself with, and whom it believes: PEM, or PKCS #12 with all of it. */
export interface LabCertificate {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly pkcs12?: Uint8Array;
  /** Of the key or of the PKCS #12. */
  readonly password?: string;
}

export class Lab<Dialect extends DialectName = DialectName> {
  readonly router: SimulatedRouter<Dialect>;
  readonly #site: Site;
  readonly #capture = new Capture();
  #nats = 0;

  constructor(options: LabOptions<Dialect>) {
    const { seed = 1, network = {} } = options;
    this.#site = new Site(seed, network, (now) => this.router.date.getTime() - this.#site.network.now + now);
    this.router = new SimulatedRouter(this.#site.network, this.#site.random(1), options);
    this.#site.network.observe((packet) => this.#capture.add(packet, this.router.date.getTime()));
  }

  /** What packets meet: set its fields at any time. */
  get network(): NetworkFaults {
    return this.#site.network.faults;
  }

  /** Simulated seconds since the lab began. */
  get seconds(): number {
    return this.#site.network.now / 1000;
  }

  /** A NAT box with an outside address of its own; its `rebind()` makes it forget every translation. */
  nat(outside?: string): Nat {
    this.#nats += 1;
    return new Nat({ outside: outside ?? `198.51.100.${this.#nats}` });
  }

  /** Throws an `Error` when no address of the router answers with IPsec and none is given, or its certificate is of no use. */
  client(options: LabClientOptions): LabClient {
    const gateway = options.gateway ?? this.router.gatewayAddress;
    if (gateway === undefined) throw new Error("the configuration terminates IPsec nowhere; say `gateway`");
    const { persona, psk = "", user, password, behind, address } = options;
    const manners = personas[persona ?? "windows-2000"];
    const certificate = options.certificate === undefined ? undefined : proofOf(options.certificate);
    const enrolment = { persona: manners, gateway, behind, address, psk, certificate, user, password };
    const { plan, context } = this.#site.enrol(enrolment);
    return new LabClient(plan, context);
  }

  /** Lets simulated time pass. */
  drive(seconds: number): void {
    this.#site.network.runFor(seconds * 1000);
  }

  /** Lets time pass until `done`, at most so long (60 s if absent); says whether it was. */
  driveUntil(done: () => boolean, { timeoutSeconds = 60 } = {}): boolean {
    return this.#site.network.runUntil(done, timeoutSeconds * 1000);
  }

  /** Every packet of the public side so far as a pcapng file of raw IPv4, lost ones too. */
  capture(): Uint8Array {
    return this.#capture.bytes();
  }

  [Symbol.dispose](): void {
    this.router[Symbol.dispose]();
  }
}

function proofOf({ password = "", ...material }: LabCertificate): ClientCertificate | undefined {
  const names = Object.fromEntries(Object.keys(material).map((name) => [name, name]));
  const encoder = new TextEncoder();
  return clientCertificate(
    names,
    () => new Secret(password),
    (name) => {
      const content = material[name as keyof typeof material] ?? "";
      return typeof content === "string" ? encoder.encode(content) : content;
    },
  );
}
