/** What crossed the wire between the gateway and the NAT, recorded, and opened again by tshark with the clients' keys. */

import { join } from "node:path";
import { eventually, expect, runBeside } from "./command.ts";
import { Daemon } from "./daemon.ts";
import { type EspKey, type IkeKey, tsharkEspKey, tsharkIkeKey } from "./keys.ts";
import { SERVER_NAMESPACE, WIRE } from "./network.ts";

/** One frame as tshark reads it; fields that occur several times in a frame are joined by commas. */
export interface Frame {
  readonly number: number;
  readonly source: string;
  /** The layers from outside to inside: `eth:ethertype:ip:udp:udpencap:esp:ip:udp:l2tp:ppp:lcp`. */
  readonly layers: readonly string[];
  readonly ikeExchange: string;
  /** The types of the IKE payloads, those inside the encryption included. */
  readonly ikePayloads: readonly string[];
  /** The type of an L2TP control message; empty in data and in acknowledgements. */
  readonly l2tpMessage: string;
  /** tshark computed the ESP check value and it agrees. */
  readonly authentic: boolean;
  /** What tshark finds wrong: a malformed packet, or a remark of severity "error"; empty when all is well. */
  readonly fault: string;
}

/** The gateway's ports, and what tshark calls what is spoken there. */
const SPOKEN_AT: Readonly<Record<string, string>> = { "500": "isakmp", "4500": "udpencap" };
const EXPERT_ERROR = 0x0080_0000;
const SEPARATOR = "|";
const FIELDS = [
  "frame.number",
  "ip.src",
  "ipv6.src",
  "frame.protocols",
  "isakmp.exchangetype",
  "isakmp.typepayload",
  "l2tp.avp.message_type",
  "esp.icv_good",
  "_ws.malformed",
  "_ws.expert.severity",
  "_ws.expert.message",
] as const;

export class Capture {
  readonly #file: string;
  readonly #daemon: Daemon;

  constructor(directory: string) {
    this.#file = join(directory, "wire.pcap");
    const filter = "(ip or ip6) and (udp or proto 50 or icmp)";
    // Without immediate mode the kernel hands packets over by the block, and the last ones would be missing.
    const args = ["-Z", "root", "-n", "-U", "--immediate-mode", "-i", WIRE, "-w", this.#file, filter];
    this.#daemon = new Daemon("ip", ["netns", "exec", SERVER_NAMESPACE, "tcpdump", ...args], {
      logFile: join(directory, "tcpdump.log"),
    });
  }

  async ready(): Promise<void> {
    const listening = await eventually(5, () => this.#daemon.output.includes("listening on") || this.#daemon.ended);
    expect(listening && !this.#daemon.ended, "tcpdump did not start", this.#daemon.output);
  }

  async stop(): Promise<void> {
    await this.#daemon.stop("SIGINT", 3);
  }

  /** Every frame so far, opened as far as the keys go. */
  async frames(espKeys: readonly EspKey[], ikeKeys: readonly IkeKey[]): Promise<readonly Frame[]> {
    const preferences = [
      "esp.enable_encryption_decode:TRUE",
      "esp.enable_authentication_check:TRUE",
      ...(["IPv4", "IPv6"] as const).flatMap((family) =>
        espKeys.map((key) => `uat:esp_sa:${tsharkEspKey(key, family)}`),
      ),
      ...ikeKeys.map((key) => `uat:ikev1_decryption_table:${tsharkIkeKey(key)}`),
    ];
    const output = await runBeside("tshark", [
      "-n",
      "-r",
      this.#file,
      ...(await this.#translatedPorts()),
      ...preferences.flatMap((preference) => ["-o", preference]),
      ...["-T", "fields", "-E", `separator=${SEPARATOR}`, "-E", "occurrence=a"],
      ...FIELDS.flatMap((field) => ["-e", field]),
    ]);
    return output.split("\n").filter(Boolean).map(frameOf);
  }

  /**
   * The ports that the NAT gave to clients, as `-d` arguments. Of two ports tshark believes the lower one, and the NAT may
   * well have picked a port that belongs to another protocol.
   */
  async #translatedPorts(): Promise<readonly string[]> {
    const args = [
      "-n",
      "-r",
      this.#file,
      "-T",
      "fields",
      "-E",
      "occurrence=f",
      "-e",
      "udp.srcport",
      "-e",
      "udp.dstport",
    ];
    const meanings = new Set<string>();
    for (const line of (await runBeside("tshark", args)).split("\n")) {
      const [from = "", to = ""] = line.split("\t");
      for (const [port, other] of [
        [from, to],
        [to, from],
      ] as const) {
        const protocol = SPOKEN_AT[port];
        if (protocol !== undefined && other !== "" && SPOKEN_AT[other] === undefined) {
          meanings.add(`udp.port==${other},${protocol}`);
        }
      }
    }
    return [...meanings].flatMap((meaning) => ["-d", meaning]);
  }
}

function frameOf(line: string): Frame {
  const columns = line.split(SEPARATOR);
  const column = (name: (typeof FIELDS)[number]) => columns[FIELDS.indexOf(name)] ?? "";
  const serious = list(column("_ws.expert.severity")).some((severity) => Number(severity) >= EXPERT_ERROR);
  return {
    number: Number(column("frame.number")),
    // The outermost address comes first, and what is inside is IPv4.
    source: list(column("ipv6.src"))[0] ?? list(column("ip.src"))[0] ?? "",
    layers: column("frame.protocols").split(":"),
    ikeExchange: column("isakmp.exchangetype"),
    ikePayloads: list(column("isakmp.typepayload")),
    l2tpMessage: column("l2tp.avp.message_type"),
    authentic: column("esp.icv_good") === "1" || column("esp.icv_good") === "True",
    fault: column("_ws.malformed") || (serious ? column("_ws.expert.message") : ""),
  };
}

function list(column: string): readonly string[] {
  return column.split(",").filter(Boolean);
}
