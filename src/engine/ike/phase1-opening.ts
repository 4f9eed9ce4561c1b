/**
 * The first message of a phase 1 that a peer opens, in main or in aggressive mode (RFC 2409 §5): which gateway it is for, whether it
 * is in order, and which policy it meets. Refuses what no policy allows, tells the peer of proposals that fit none, and
 * keeps the number of half-open negotiations bounded.
 */

import { type Flow, flowKey } from "../kernel/address.ts";
import { alternatives } from "../kernel/alternatives.ts";
import { tryDecode } from "../kernel/errors.ts";
import type { Sides } from "../kernel/log.ts";
import type { Millis } from "../kernel/machine.ts";
import type { IkePolicySpec, IpsecGatewaySpec } from "../spec.ts";
import { notifyType, writeNotification } from "../wire/isakmp-body.ts";
import { exchangeType } from "../wire/isakmp-header.ts";
import { payloadType, type ReceivedPayload } from "../wire/isakmp-payload.ts";
import { type Proposal, protocolId, readSecurityAssociation } from "../wire/isakmp-sa.ts";
import type { InitiatorPlan } from "./events.ts";
import { aggressiveMode, mainMode, payloadFault } from "./exchange-table.ts";
import { announcesFragments, offersFragments } from "./fragments.ts";
import { findGateway } from "./gateways.ts";
import { newMainMode } from "./main-mode-parts.ts";
import { bodyOf, clearMessage, isEncrypted, openClear, type ReceivedMessage } from "./message.ts";
import { agreedDialect, DEAD_PEER_DETECTION_VENDOR_ID, hasVendorId } from "./nat-traversal.ts";
import { canSign } from "./phase1-proof.ts";
import { choosePhase1, type Phase1Choice, phase1Sides, policiesAt } from "./phase1-proposals.ts";
import { closestReason } from "./refusals.ts";
import { createSa, flowFields, freshCookie, removeSa, saFields } from "./sas.ts";
import type { IkeContext, IkeSa, MainMode } from "./state.ts";

/** Larger offers than any client's; the body is remembered until phase 1 is done. */
const MAX_SA_BODY = 8192;
const MAX_LOGGED_REFUSALS = 40;

export type Phase1Exchange = "main" | "aggressive";

const REFUSED = { main: "Main mode was refused", aggressive: "Aggressive mode was refused" } as const;
const FIRST_MESSAGE = { main: mainMode.responder.initial, aggressive: aggressiveMode.responder.initial } as const;

export interface Opening {
  readonly sa: IkeSa;
  readonly mainMode: MainMode;
  readonly payloads: readonly ReceivedPayload[];
  readonly choice: Phase1Choice;
}

/** Whether a policy may be met by this exchange. In aggressive mode nobody signs. */
function allows({ aggressiveMode: use, authentication }: IkePolicySpec, exchange: Phase1Exchange): boolean {
  return exchange === "main" ? use !== "required" : use !== undefined && authentication === "preShared";
}

function policiesFor(ike: IkeContext, exchange: Phase1Exchange, offer: Offer, flow: Flow): readonly IkePolicySpec[] {
  const { plan } = offer;
  if (plan !== undefined) return exchange === "main" || plan.aggressive === true ? plan.policies : [];
  const own = policiesAt(ike.configuration.policies, offer.virtualRouter, flow.local.address);
  return own.filter((policy) => allows(policy, exchange));
}

/** Takes in the first message of a negotiation that is not known yet; `undefined` where it was refused. */
export function openPhase1(
  ike: IkeContext,
  message: ReceivedMessage,
  exchange: Phase1Exchange,
  now: Millis,
): Opening | undefined {
  const { flow } = message;
  const refuse = (reason: string, sides?: Sides): undefined => {
    ike.counters.phase1ResponderFailures += 1;
    ike.strangerLog(now)("ike", "notice", REFUSED[exchange], { ...flowFields(flow), reason, ...sides });
  };
  const offer = readOffer(ike, message, exchange, now);
  if ("reason" in offer) return refuse(offer.reason, offer.sides);
  const { gateway, plan, payloads, saBody, proposals } = offer;
  const policies = policiesFor(ike, exchange, offer, flow);
  if (policies.length === 0 && exchange === "aggressive") {
    ike.counters.unexpected += 1;
    const sides = { offered: "aggressive mode", configured: "main mode" };
    return refuse("aggressive mode is not accepted: its hash can be attacked off line", sides);
  }
  const refuseOffer = (reason: string, sides: Sides): undefined => {
    ike.outputs.push({ type: "failed", connection: undefined, flow, reason });
    ike.outputs.push({ type: "send", flow, bytes: noProposalChosen(ike, message) });
    return refuse(reason, sides);
  };
  if (policies.length === 0) {
    const isServed = policiesAt(ike.configuration.policies, offer.virtualRouter, flow.local.address).length > 0;
    return isServed
      ? refuseOffer("main mode is not accepted", { offered: "main mode", configured: "aggressive mode" })
      : refuseOffer(`no IKE policy serves ${flow.local.address}`, phase1Sides([], proposals));
  }
  const { choice, refusals } = choosePhase1(policies, proposals, exchange === "main" && canSign(ike));
  for (const { proposal, transform, against, reason } of refusals.slice(0, MAX_LOGGED_REFUSALS)) {
    const fields = { ...flowFields(flow), proposal, transform, policy: against, reason };
    ike.strangerLog(now)("ike", "debug", "Phase 1 transform does not match policy", fields);
  }
  if (choice === undefined) {
    return refuseOffer(
      `no phase 1 proposal was acceptable: ${closestReason(refusals)}`,
      phase1Sides(policies, proposals),
    );
  }
  const mainMode = newMainMode(plan, saBody.slice());
  const sa = createSa(
    ike,
    {
      initiator: false,
      virtualRouter: offer.virtualRouter,
      flow,
      initiatorCookie: message.header.initiatorCookie.slice(),
      responderCookie: freshCookie(ike),
      gateway,
      mainMode,
      aggressive: exchange === "aggressive",
    },
    now,
  );
  sa.policy = choice.policy;
  sa.lifetimeSeconds = choice.lifetimeSeconds;
  sa.peerAnswersDpd = hasVendorId(payloads, DEAD_PEER_DETECTION_VENDOR_ID);
  const ours = plan === undefined ? ike.configuration.fragmentation === true : offersFragments(plan);
  sa.takesFragments = ours && announcesFragments(payloads);
  const natTraversal = plan !== undefined || ike.configuration.natTraversal.has(offer.virtualRouter);
  sa.dialect = natTraversal ? agreedDialect(payloads, plan?.vendorIds) : undefined;
  ike.strangerLog(now)("ike", "debug", "Phase 1 proposal was accepted", {
    ...saFields(sa),
    exchange,
    policy: choice.policy.priority,
    natTraversal: sa.dialect?.name ?? "none",
  });
  evict(ike, ike.halfOpen.add(sa));
  return { sa, mainMode, payloads, choice };
}

interface Offer {
  readonly virtualRouter: string;
  readonly gateway: IpsecGatewaySpec | undefined;
  /** Under which we opened the connection that the peer now renews. */
  readonly plan: InitiatorPlan | undefined;
  readonly payloads: readonly ReceivedPayload[];
  readonly saBody: Uint8Array;
  readonly proposals: readonly Proposal[];
}

/** What a first message offers and to which gateway, or why it is not even looked at. */
function readOffer(
  ike: IkeContext,
  message: ReceivedMessage,
  exchange: Phase1Exchange,
  now: Millis,
): Offer | { readonly reason: string; readonly sides?: Sides } {
  const gateway = findGateway(ike, message.flow);
  const plan = ike.connectionsByFlow.get(flowKey(message.flow))?.plan;
  const virtualRouter = plan?.virtualRouter ?? gateway?.virtualRouter;
  if (virtualRouter === undefined) {
    ike.counters.unexpected += 1;
    const gateways = ike.configuration.gateways.map(({ localAddress, remote }) => {
      const peers = remote.length === 0 ? "" : ` for ${remote.address}/${remote.length}`;
      return `${localAddress}${peers}`;
    });
    const sides = { offered: message.flow.local.address, configured: alternatives(gateways) };
    return { reason: "no IPsec gateway is configured for this address and peer", sides };
  }
  if (ike.guesses.refuses(message.flow, ike.connectionsByFlow.has(flowKey(message.flow)), now)) {
    ike.counters.lockedOut += 1;
    return { reason: "too many failures to authenticate: the peer is locked out for a while" };
  }
  const malformed = (reason: string): { readonly reason: string } => {
    ike.counters.malformed += 1;
    return { reason };
  };
  if (message.header.messageId !== 0 || isEncrypted(message)) return malformed("it has the header of a later message");
  const opened = openClear(message);
  if (!opened.ok) return malformed(opened.error.message);
  const fault = payloadFault(FIRST_MESSAGE[exchange], opened.value);
  if (fault !== undefined) return malformed(fault);
  const saBody = bodyOf(opened.value, payloadType.sa);
  if (saBody.length > MAX_SA_BODY) return malformed("the SA payload is too long");
  const proposals = tryDecode(() => readSecurityAssociation(saBody));
  if (!proposals.ok) return malformed(proposals.error.message);
  return { virtualRouter, gateway, plan, payloads: opened.value, saBody, proposals: proposals.value };
}

export function evict(ike: IkeContext, sa: IkeSa | undefined): void {
  if (sa === undefined) return;
  ike.counters.evicted += 1;
  removeSa(ike, sa);
}

/** Sent in the clear, under a cookie that leads nowhere: there are no keys and no state. */
function noProposalChosen(ike: IkeContext, { header }: ReceivedMessage): Uint8Array {
  const notification = {
    protocol: protocolId.isakmp,
    type: notifyType.noProposalChosen,
    spi: new Uint8Array(0),
    data: new Uint8Array(0),
  };
  const head = {
    initiatorCookie: header.initiatorCookie,
    responderCookie: freshCookie(ike),
    exchange: exchangeType.informational,
    messageId: 0,
  };
  return clearMessage(head, [{ type: payloadType.notification, body: writeNotification(notification) }]);
}
