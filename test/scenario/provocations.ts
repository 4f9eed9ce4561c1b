/** Failed connections of every kind that the rules of advice know, each provoked: what the gateway says of it. */

import { offerPhase2 } from "../../src/engine/ike/phase2-proposals.ts";
import type { LogEvent } from "../../src/engine/kernel/log.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import type { LnsProfileSpec } from "../../src/engine/l2tp-spec.ts";
import type { IkePolicySpec, RouterSpec } from "../../src/engine/spec.ts";
import { exchangeType } from "../../src/engine/wire/isakmp-header.ts";
import { payloadType } from "../../src/engine/wire/isakmp-payload.ts";
import { writeSecurityAssociation } from "../../src/engine/wire/isakmp-sa.ts";
import { lnsWith, pathOf, ScriptedPeer } from "../engine/l2tp/pair.ts";
import { keyOf, TestAuthority } from "../support/authority.ts";
import { certified } from "../support/certified.ts";
import { aesSha1 } from "../support/ike-pair.ts";
import { l2tpId, Prober, serverId, Target } from "../support/ike-prober.ts";
import { type ClientOptions, Lab, type LabClient } from "../support/lab.ts";
import { PppProbe } from "../support/ppp-probe.ts";
import { pppProfile, specOf } from "../support/specs.ts";
import { failingConnections } from "./failing-connections.ts";
import { ScriptedLac } from "./scripted-lac.ts";

const spec = specOf();
const [router] = spec.virtualRouters;
if (router === undefined) throw new Error("the specification has no virtual router");
const TERMS = { lifetimeSeconds: 3600, lifetimeKilobytes: undefined, pfsGroup: undefined };
const LAC = "192.0.2.77";

/** Waits an hour for an answer to LCP. */
const patient = { ...pppProfile, negotiation: { retrySeconds: 3600 } };

/** With interfaces that take L2TP in the clear. */
function open(lns: Partial<LnsProfileSpec> = {}): RouterSpec {
  const virtualRouters = spec.virtualRouters.map((each) => ({
    ...each,
    interfaces: each.interfaces.map((port) => ({ ...port, ipsecOnly: false })),
  }));
  return { ...specOf({ lns }), virtualRouters };
}

function policies(change: Partial<IkePolicySpec>): RouterSpec {
  return { ...spec, ikePolicies: spec.ikePolicies.map((policy) => ({ ...policy, ...change })) };
}

/** What the gateway says when a client connects and, if it comes up, `then` happens. */
function connecting(
  made: RouterSpec,
  options: ClientOptions = {},
  then: (lab: Lab, client: LabClient) => void = () => undefined,
): () => readonly LogEvent[] {
  return () => {
    const lab = new Lab({ spec: made });
    then(lab, lab.client({ nat: lab.nat(), ...options }).connect(130_000));
    lab.run(200_000);
    return lab.events;
  };
}

function scripted(made: RouterSpec, talk: (lac: ScriptedLac) => void): () => readonly LogEvent[] {
  return () => {
    const lab = new Lab({ spec: made });
    talk(ScriptedLac.inTheClear(lab, LAC));
    lab.run(200_000);
    return lab.events;
  };
}

/** A client whose packets of a kind no longer get through as soon as the gateway has said `text`. */
function cutAfter(made: RouterSpec, text: string, options: ClientOptions = {}): () => readonly LogEvent[] {
  return () => {
    const lab = new Lab({ spec: made });
    lab.network.setFilter(
      ({ destination }) => lab.events.every((event) => event.text !== text) || destination.address !== "203.0.113.1",
    );
    lab.client({ nat: lab.nat(), ...options }).connect(130_000);
    lab.run(200_000);
    return lab.events;
  };
}

const root = new TestAuthority("cn=Root,o=Example");
const certificate = certified([root.certificate, root.issue("cn=laptop")], keyOf("cn=laptop"));

export const provocations: Readonly<Record<string, () => readonly LogEvent[]>> = {
  ...Object.fromEntries(
    Object.entries(failingConnections).map(([name, failing]) => [
      name,
      () => {
        const lab = new Lab({ spec: failing.spec, ...failing.host });
        lab.client({ nat: lab.nat(), ...failing.client }).connect(130_000);
        return lab.events;
      },
    ]),
  ),
  "too many wrong keys": () => {
    const lab = new Lab({ spec });
    const nat = lab.nat();
    for (let guess = 0; guess < 7; guess += 1) {
      const guesser = lab.client({ nat, address: "10.0.0.9", preSharedKey: `guess${guess}` });
      guesser.startConnecting();
      lab.run(1500);
      guesser.vanish();
    }
    return lab.events;
  },
  "no policy for the address": connecting(policies({ boundTo: { address: "203.0.113.9", virtualRouter: undefined } })),
  "policies that demand aggressive mode": connecting(policies({ aggressiveMode: "required" })),
  "aggressive mode where policies sign": connecting(
    policies({ aggressiveMode: "accepted", authentication: "rsaSignature" }),
    { plan: { group: "sales" } },
  ),
  "no certificate of ours": connecting(policies({ authentication: "rsaSignature" }), { certificate }),
  "an offer that is too long": connecting(spec, {
    manners: {
      policies: Array.from(
        { length: 255 },
        (_, index) => ({ ...spec.ikePolicies[0], priority: index }) as IkePolicySpec,
      ),
      proposalPerTransform: true,
    },
  }),
  "main mode that is cut off": cutAfter(spec, "NAT detection is done"),
  "aggressive mode that is cut off": cutAfter(
    policies({ aggressiveMode: "accepted" }),
    "Phase 1 proposal was accepted",
    { plan: { group: "sales" } },
  ),
  "quick mode that is cut off": cutAfter(spec, "Connection was opened"),
  "a nonce that is too short": () => {
    const prober = new Prober(new Target()).establish();
    const offer = offerPhase2({ ...TERMS, proposals: [aesSha1] }, 4711, "esp", undefined, true);
    prober.say(
      prober.hashed(
        [
          { type: payloadType.sa, body: writeSecurityAssociation([offer]) },
          { type: payloadType.nonce, body: new Uint8Array(7) },
          { type: payloadType.identification, body: l2tpId },
          { type: payloadType.identification, body: serverId },
        ],
        exchangeType.quickMode,
      ),
    );
    return prober.target.logs;
  },
  "an access list that does not permit": connecting({
    ...specOf({ gateway: { matchAddress: "L2TP" } }),
    accessLists: [
      {
        name: "L2TP",
        kind: "extended",
        entries: [
          {
            sequence: 10,
            action: "deny",
            protocol: undefined,
            source: { address: "0.0.0.0", wildcard: "255.255.255.255" },
            destination: { address: "0.0.0.0", wildcard: "255.255.255.255" },
            sourcePorts: undefined,
            destinationPorts: undefined,
            icmp: undefined,

            log: false,
          },
        ],
      },
    ],
  }),
  "a port of L2TP that is not ours": connecting(spec, { plan: { remoteL2tpPort: 1702 } }),
  "dead peer detection": connecting(
    { ...spec, deadPeerDetection: { intervalSeconds: 30, retrySeconds: 5, mode: "periodic" } },
    { persona: "linux" },
    (_, client) => client.vanish(),
  ),
  "LCP echoes": connecting(spec, {}, (_, client) => client.vanish()),
  "L2TP only under IPsec": connecting(open({ transport: "ipsec" }), { plan: { transport: "clear" } }),
  "L2TP in the clear": connecting(spec, { plan: { transport: "clear" } }),
  "L2TP only without IPsec": connecting(open({ transport: "clear" })),
  "another local address": connecting(specOf({ lns: { localAddress: "203.0.113.9" } })),
  "another remote address": connecting(specOf({ lns: { remote: { address: "192.0.2.0", length: 24 } } })),
  "tunnel passwords that differ": () => {
    const peer = new ScriptedPeer(
      lnsWith({ tunnelAuthentication: true, tunnelPassword: new Secret("tunnel"), transport: "either" }),
    );
    peer.establish();
    return peer.lns.log;
  },
  "a tunnel that is not answered": cutAfter(spec, "L2TP tunnel requested"),
  "a tunnel that the client gives up": scripted(open(), (lac) => {
    lac.say("sccrq", { protocolVersion: 0x0100, framingCapabilities: 1, hostName: "laptop", assignedTunnelId: 7 });
    lac.say("stopCcn", { assignedTunnelId: 7, resultCode: { code: 6, error: undefined, message: undefined } });
  }),
  "a version of L2TP that nobody speaks": scripted(open(), (lac) =>
    lac.say("sccrq", { protocolVersion: 0x0200, framingCapabilities: 1, hostName: "laptop", assignedTunnelId: 7 }),
  ),
  "a second tunnel where there is one shot": () => {
    const path = pathOf({ connection: 3 });
    const peer = new ScriptedPeer(lnsWith({ singleShot: true, transport: "ipsec" }), { path });
    peer.establish();
    new ScriptedPeer(peer.lns, { path, tunnelId: 2 }).request();
    return peer.lns.log;
  },
  "a session that the client gives up": scripted(open(), (lac) => {
    lac.establish();
    const [answer] = lac.say("icrq", { assignedSessionId: 9, callSerialNumber: 9 });
    lac.hangUp(9, answer?.values.assignedSessionId ?? 0);
  }),
  "a session without a number": scripted(open(), (lac) => {
    lac.establish();
    lac.call(0);
  }),
  "a session too many of one tunnel": scripted({ ...open(), pppProfiles: [patient] }, (lac) => {
    lac.establish();
    for (let call = 1; call <= 1025; call += 1) lac.call(call);
  }),
  "a link that says nothing": scripted(open(), (lac) => {
    lac.establish();
    lac.call(9);
  }),
  "a link that is looped back": () => {
    const probe = new PppProbe({});
    for (let turn = 0; turn < 10; turn += 1) {
      for (const frame of probe.frames.splice(0)) probe.send(frame.protocol, frame.code, frame.identifier, frame.data);
    }
    // The router adds whose session it is.
    return probe.log.map((event) => ({ ...event, fields: { ...event.fields, remote: `${LAC}:1701` } }));
  },
  "an address that is in use": () => {
    const users = router.users.map((user) => ({ ...user, address: "20.0.0.200" }));
    const lab = new Lab({ spec: { ...spec, virtualRouters: [{ ...router, users }] } });
    const nat = lab.nat();
    lab.client({ nat }).connect();
    lab.client({ nat }).connect(130_000);
    return lab.events;
  },
};
