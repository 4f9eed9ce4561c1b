/**
 * What debugging says of an event in the box's manner. Each event of the engine becomes the lines that a box prints at that
 * point; where it fails, the reason stands behind them in plain words. Events that the box has no words for are said as they are.
 */

import type { LogEvent } from "../../engine/kernel/log.ts";
import { adviceOn } from "../common/failures.ts";
import { addressIn, field, portIn, sentence } from "./log-text.ts";

type Lines = (event: LogEvent) => readonly string[];

function hex(event: LogEvent, name: string): string {
  const value = Number(event.fields[name] ?? 0);
  return `0x${value.toString(16).toUpperCase()}(${value})`;
}

/** The states of phase 1 as the box counts them, by the message that led there: responder, then initiator. */
const STATES: Readonly<Record<string, readonly [string, string]>> = {
  "main mode message 1": ["IKE_READY", "IKE_R_MM1"],
  "main mode message 2": ["IKE_I_MM1", "IKE_I_MM2"],
  "main mode message 3": ["IKE_R_MM2", "IKE_R_MM3"],
  "main mode message 4": ["IKE_I_MM3", "IKE_I_MM4"],
  "main mode message 5": ["IKE_R_MM4", "IKE_R_MM5"],
  "main mode message 6": ["IKE_I_MM5", "IKE_I_MM6"],
  "aggressive mode message 1": ["IKE_READY", "IKE_R_AM2"],
};

function stateLines(message: string): string[] {
  const [before, after] = STATES[message] ?? [];
  const exchange = message.startsWith("aggressive") ? "IKE_AM_EXCH" : "IKE_MM_EXCH";
  return before === undefined
    ? []
    : [`Input = IKE_MESG_FROM_PEER, ${exchange}`, `Old State = ${before}  New State = ${after}`];
}

function received(event: LogEvent): string {
  return `received packet from ${addressIn(event, "peer")} dport ${portIn(event, "local")} sport ${portIn(event, "peer")} Global`;
}

const PAYLOADS: Readonly<Record<string, readonly string[]>> = {
  "main mode message 2": [" processing SA payload. message ID = 0"],
  "main mode message 3": [" processing KE payload. message ID = 0", " processing NONCE payload. message ID = 0"],
  "main mode message 4": [" processing KE payload. message ID = 0", " processing NONCE payload. message ID = 0"],
  "main mode message 5": [" processing ID payload. message ID = 0", " processing HASH payload. message ID = 0"],
  "main mode message 6": [" processing ID payload. message ID = 0", " processing HASH payload. message ID = 0"],
  "aggressive mode message 2": [" processing SA payload. message ID = 0", " processing HASH payload. message ID = 0"],
  "aggressive mode message 3": [" processing HASH payload. message ID = 0"],
};

function started(exchange: string, state: string): (event: LogEvent) => string[] {
  return (event) => [
    `beginning ${exchange} exchange`,
    `sending packet to ${addressIn(event, "peer")} my_port ${portIn(event, "local")} peer_port ${portIn(event, "peer")} (I) ${state}`,
  ];
}

function accepted(event: LogEvent): string[] {
  const message = field(event, "message");
  // The first message was told of with its proposal.
  if (message.endsWith("message 1")) return [];
  return [`${received(event)} (R)`, ...(PAYLOADS[message] ?? []), ...stateLines(message)];
}

/** What a transform failed by, in the box's words where it has them. */
const MISMATCHES: readonly (readonly [RegExp, string])[] = [
  [/encryption|cipher|key length/i, "Encryption algorithm offered does not match policy!"],
  [/hash/i, "Hash algorithm offered does not match policy!"],
  [/group/i, "Diffie-Hellman group offered does not match policy!"],
  [/authentication|method|signature/i, "Authentication method offered does not match policy!"],
  [/life/i, "Lifetime offered does not match policy!"],
];

function mismatch(reason: string): string {
  return MISMATCHES.find(([words]) => words.test(reason))?.[1] ?? "Proposal offered does not match policy!";
}

/** A failure, and why: the reason last. */
function failed(...lines: readonly string[]): Lines {
  return (event) => [...lines, told(event)];
}

function told(event: LogEvent): string {
  return `failed with peer at ${addressIn(event, "peer")}: ${field(event, "reason")}`;
}

const IKE: Readonly<Record<string, Lines>> = {
  "Phase 1 transform does not match policy": (event) => [
    `Checking ISAKMP transform ${field(event, "transform")} against priority ${field(event, "policy")} policy`,
    mismatch(field(event, "reason")),
    "atts are not acceptable. Next payload is 0",
    field(event, "reason"),
  ],
  "Phase 1 proposal was accepted": (event) => [
    `${received(event)} (N) NEW SA`,
    " processing SA payload. message ID = 0",
    `atts are acceptable against priority ${field(event, "policy")} policy. Next payload is 0`,
    ...(field(event, "natTraversal") === "none" ? [] : [`vendor ID is NAT-T ${field(event, "natTraversal")}`]),
    ...stateLines(`${field(event, "exchange")} mode message 1`),
  ],
  "Main mode was refused": (event) => [
    "no offers accepted!",
    `phase 1 SA policy not acceptable! (local ${addressIn(event, "local")} remote ${addressIn(event, "peer")})`,
    told(event),
  ],
  "Main mode was started": started("Main Mode", "MM_NO_STATE"),
  "Aggressive mode was started": started("Aggressive Mode", "AG_INIT_EXCH"),
  "Main mode message was accepted": accepted,
  "Aggressive mode message was accepted": accepted,
  "Main mode message was refused": failed("reserved not zero on payload or hash verification failed!"),
  "Aggressive mode was refused": failed("phase 1 SA policy not acceptable!"),
  "Aggressive mode message was refused": failed("reserved not zero on payload or hash verification failed!"),
  "Aggressive mode failed": failed('deleting SA reason "Death by retransmission or failure" state (R) AG_INIT_EXCH'),
  "Main mode failed": failed('deleting SA reason "Death by retransmission or failure" state (R) MM_NO_STATE'),
  "NAT detection is done": ({ fields }) => {
    const peer = fields.peerBehindNat === true;
    const own = fields.localBehindNat === true;
    if (!peer && !own) return ["His hash no match - this node outside NAT"];
    return [`NAT found, ${peer && own ? "both nodes" : peer ? "peer" : "this node"} inside NAT`];
  },
  "Phase 1 was established": (event) => [
    "SA authentication status: authenticated",
    `SA has been authenticated with ${addressIn(event, "peer")}`,
    "Input = IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE",
    `Old State = ${field(event, "exchange") === "aggressive" ? "IKE_R_AM2" : "IKE_R_MM5"}  New State = IKE_P1_COMPLETE`,
  ],
  "Quick mode was started": () => ["beginning Quick Mode exchange, M-ID of 0"],
  "Phase 2 transform does not match": (event) => [
    `Checking IPSec proposal ${field(event, "proposal")}`,
    "IPSec policy invalidated proposal",
    field(event, "reason"),
  ],
  "Quick mode was refused": failed("phase 2 SA policy not acceptable!"),
  "Quick mode failed": failed("QM FSM error"),
  "Notification was received": (event) => [` processing NOTIFY ${field(event, "notification")} protocol 1`],
  "Peer deleted the phase 1 SA": (event) => [
    `deleting SA reason "Receive DELETE notify" state (R) QM_IDLE (peer ${addressIn(event, "peer")})`,
  ],
  "Phase 1 SA reached the end of its life": (event) => [
    `deleting SA reason "P1 delete notify (out)" state (R) QM_IDLE (peer ${addressIn(event, "peer")})`,
  ],
  "Phase 1 SA was deleted": (event) => [
    "Input = IKE_MESG_INTERNAL, IKE_PHASE1_DEL",
    "Old State = IKE_P1_COMPLETE  New State = IKE_DEST_SA",
    `deleting SA reason "${field(event, "reason")}" state (${event.fields.initiator === true ? "I" : "R"}) QM_IDLE (peer ${addressIn(event, "peer")})`,
  ],
  "Peer does not answer dead peer detection": (event) => [
    `peer ${addressIn(event, "peer")} not responding!`,
    `deleting SA reason "DPD failure" state (R) QM_IDLE (peer ${addressIn(event, "peer")})`,
  ],
};

function deletingSa(event: LogEvent): readonly string[] {
  return [
    "(delete_sa): deleting SA,",
    `  (sa) sa_dest= ${addressIn(event, "local")}, sa_proto= 50,`,
    `    sa_spi= ${hex(event, "inboundSpi")},`,
    `    sa_trans= ${field(event, "proposal")}`,
  ];
}

function creatingSa(event: LogEvent): readonly string[] {
  return (["inboundSpi", "outboundSpi"] as const).flatMap((spi) => [
    "(create_sa): sa created,",
    `  (sa) sa_dest= ${addressIn(event, spi === "inboundSpi" ? "local" : "peer")}, sa_proto= 50,`,
    `    sa_spi= ${hex(event, spi)},`,
    `    sa_trans= ${field(event, "proposal")}, sa_lifetime= ${field(event, "lifetimeSeconds")} sec`,
  ]);
}

const IPSEC: Readonly<Record<string, Lines>> = {
  "IPsec SA pair was installed": creatingSa,
  "Old IPsec SA pair was removed": deletingSa,
  "IPsec SA pair expired": deletingSa,
  "Peer deleted an IPsec SA": deletingSa,
  "IPsec SA pair was deleted": deletingSa,
  "Connection was opened": () => ["(key_engine): got a queue event with 1 KMI message(s)"],
};

const L2TP: Readonly<Record<string, Lines>> = {
  "L2TP tunnel requested": (event) => [
    `I SCCRQ from ${field(event, "host")}`,
    `Got a tunnel request from ${field(event, "host")} at ${addressIn(event, "peer")}, group ${field(event, "profile")}`,
    "Tunnel state change from idle to wait-ctl-reply",
  ],
  "L2TP tunnel established": (event) => [
    `Tunnel state change from wait-ctl-reply to established`,
    `SM State established, vendor ${field(event, "vendor")}`,
  ],
  "L2TP tunnel closed": (event) => ["Tunnel state change from established to shutting-down", field(event, "reason")],
  "L2TP session established": (event) => [
    `Session ${field(event, "session")} state change from wait-connect to established`,
  ],
  "L2TP session closed": (event) => [`Session ${field(event, "session")} destroyed`, field(event, "reason")],
};

/** Names of packets as the box writes them; others stand in capitals. */
const PACKETS: Readonly<Record<string, string>> = {
  "Configure-Request": "CONFREQ",
  "Configure-Ack": "CONFACK",
  "Configure-Nak": "CONFNAK",
  "Configure-Reject": "CONFREJ",
  "Terminate-Request": "TERMREQ",
  "Terminate-Ack": "TERMACK",
  "Code-Reject": "CODEREJ",
  "Protocol-Reject": "PROTREJ",
  "Echo-Request": "ECHOREQ",
  "Echo-Reply": "ECHOREP",
  "Authenticate-Request": "AUTH-REQ",
  "Authenticate-Ack": "AUTH-ACK",
  "Authenticate-Nak": "AUTH-NAK",
};

function pppPacket(direction: "I" | "O"): Lines {
  return (event) => {
    const name = field(event, "packet");
    const options = field(event, "options");
    return [
      `${field(event, "protocol")}: ${direction} ${PACKETS[name] ?? name.toUpperCase()} id ${field(event, "identifier")}`,
      ...(options === "" ? [] : options.split(", ").map((option) => `${field(event, "protocol")}:    ${option}`)),
    ];
  };
}

const PPP: Readonly<Record<string, Lines>> = {
  "PPP packet received": pppPacket("I"),
  "PPP packet sent": pppPacket("O"),
  "LCP is open": (event) => [
    "LCP: State is Open",
    `PPP: Phase is AUTHENTICATING, by this end (${field(event, "authentication")})`,
  ],
  "PPP authentication succeeded": (event) => [`PPP: Sent ${field(event, "user")} AUTHOR Request`, "PPP: Phase is UP"],
  "IPCP is open": (event) => ["IPCP: State is Open", `IPCP: Install route to ${field(event, "peer")}`],
  "PPP failed": (event) => ["PPP: Sending TERMREQ", `PPP: ${field(event, "reason")}`],
  "PPP ended": (event) => ["PPP: Phase is DOWN", `PPP: ${field(event, "reason")}`],
};

const TABLES: Readonly<Partial<Record<LogEvent["category"], Readonly<Record<string, Lines>>>>> = {
  ike: IKE,
  ipsec: IPSEC,
  l2tp: L2TP,
  ppp: PPP,
};

const PREFIXES: Readonly<Partial<Record<LogEvent["category"], (event: LogEvent) => string>>> = {
  ike: ({ fields }) => `ISAKMP:(${fields.sa ?? 0}):`,
  ipsec: () => "IPSEC",
  l2tp: ({ fields }) => `Tnl${fields.tunnel ?? "-"} L2TP: `,
  ppp: ({ fields }) => `ppp${fields.session ?? "-"} `,
  aaa: () => "AAA/AUTHEN/PPP: ",
  ip: () => "IP: ",
};

/** Without a time stamp; empty = the event is no matter of debugging. */
export function debugText(event: LogEvent): readonly string[] {
  const prefix = PREFIXES[event.category]?.(event);
  if (prefix === undefined) return [];
  const words = TABLES[event.category]?.[event.text];
  const lines =
    words === undefined
      ? [event.category === "ipsec" ? `: ${sentence(event, ["sa"])}` : sentence(event, ["sa"])]
      : words(event).filter((line) => line !== "");
  // The reason stands last, and what to do about it behind it.
  return lines.map((line, index) => `${prefix}${line}${index === lines.length - 1 ? adviceOn(event, line) : ""}`);
}
