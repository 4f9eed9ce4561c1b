/** LCP and proofs that a LAC got from its client in our place (RFC 2661 §4.4.5). */

import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppClaim, PppOutput, PppPlan, ProxyLink } from "../../../src/engine/ppp/events.ts";
import { chapCode } from "../../../src/engine/wire/ppp-chap.ts";
import { type ControlOption, controlCode, controlOptions, pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { papCode } from "../../../src/engine/wire/ppp-pap.ts";
import { option, PppProbe } from "../../support/ppp-probe.ts";

const { lcp, chap, pap, ipcp } = pppProtocol;
const { configureRequest, configureAck, terminateRequest } = controlCode;

const MRU = option(1, 5, 0xdc);
const CHAP = option(3, 0xc2, 0x23, 5);
const PAP = option(3, 0xc0, 0x23);
const MAGIC = option(5, 9, 8, 7, 6);

const chapClaim: PppClaim = {
  identifier: 77,
  name: "fred",
  proof: { protocol: "chap", identifier: 77, challenge: new Uint8Array(16), response: new Uint8Array(16) },
};
const papClaim: PppClaim = { identifier: 3, name: "fred", proof: { protocol: "pap", password: new Secret("fredPw") } };

function link(
  sent: readonly ControlOption[],
  received: readonly ControlOption[],
  rest: Partial<ProxyLink> = {},
): ProxyLink {
  return {
    sent: controlOptions.encode(sent),
    received: controlOptions.encode(received),
    claim: undefined,
    renegotiates: true,
    ...rest,
  };
}

function probeWith(plan: Partial<PppPlan>, proxy: ProxyLink): PppProbe {
  return new PppProbe(
    plan,
    (output: PppOutput) => {
      if (output.type === "requestAddress") return { type: "address", address: "10.20.0.10" };
      if (output.type !== "authenticate") return undefined;
      return { type: "authenticated", verdict: { accepted: true, authenticatorResponse: undefined } };
    },
    5,
    proxy,
  );
}

test("LCP of the LAC stands: not a packet of LCP is sent, and its MRU, magic and compressions are in force", () => {
  const proxy = link([MRU, CHAP, MAGIC], [option(1, 5, 0), option(7), option(8), MAGIC], { claim: chapClaim });
  const probe = probeWith({ demand: ["chap"] }, proxy);
  expect(probe.sent(lcp)).toEqual([]);
  expect(probe.view).toMatchObject({
    phase: "network",
    lcp: "opened",
    localMru: 1500,
    peerMru: 1280,
    peerName: "fred",
  });
  probe.openIpcp(option(3, 10, 20, 0, 10));
  expect(probe.output("opened")).toMatchObject({ peerMru: 1280, compressProtocol: true, compressAddress: true });
  // Our echo carries the magic number that the LAC agreed on for us.
  probe.send(lcp, controlCode.echoRequest, 1, Uint8Array.of(0, 0, 0, 0));
  expect(probe.last(lcp, controlCode.echoReply).data).toEqual(Uint8Array.of(9, 8, 7, 6));
});

test.each([
  ["CHAP", CHAP, chapClaim, chap, chapCode.success, 77],
  ["PAP", PAP, papClaim, pap, papCode.ack, 3],
] as const)("a proof by %s that came along is judged, and the client gets the answer it waits for", (...row) => {
  const [, asked, claim, protocol, code, identifier] = row;
  const probe = probeWith({ demand: ["chap", "pap"] }, link([asked], [MAGIC], { claim }));
  expect(probe.output("authenticate")).toMatchObject({ name: "fred", proof: claim.proof });
  expect(probe.sent(protocol).map((packet) => [packet.code, packet.identifier])).toEqual([[code, identifier]]);
  expect(probe.view).toMatchObject({ phase: "network", peerName: "fred" });
});

test("without a proof to go by the client is challenged, under the LCP of the LAC", () => {
  const probe = probeWith({ demand: ["chap"] }, link([CHAP], [MAGIC]));
  expect(probe.sent(lcp)).toEqual([]);
  expect(probe.sent(chap, chapCode.challenge)).toHaveLength(1);
  expect(probe.view.phase).toBe("authenticate");
});

const misfits: readonly [string, Partial<PppPlan>, ProxyLink, string][] = [
  ["another authentication", { demand: ["msChapV2"] }, link([CHAP], [MAGIC]), "chap was agreed on instead of msChapV2"],
  ["no authentication", { demand: ["chap"] }, link([], [MAGIC]), "no authentication was agreed on instead of chap"],
  ["PAP without its proof", { demand: ["pap"] }, link([PAP], []), "PAP was agreed on, and its proof is not at hand"],
  ["multilink", {}, link([option(17, 5, 0)], []), "LCP option 17 was agreed on, which is not spoken here"],
  ["callback", {}, link([], [option(13, 6)]), "the peer was granted options that it is not granted here"],
  ["EAP", { demand: ["chap"] }, link([option(3, 0xc2, 0x27)], []), "an unknown authentication was agreed on"],
  ["octets that are no options", {}, { ...link([], []), sent: Uint8Array.of(1, 9) }, "it cannot be read"],
];

test.each(misfits)(
  "LCP that does not fit (%s) is negotiated from the beginning where that is allowed",
  (_, plan, proxy, why) => {
    const probe = probeWith(plan, proxy);
    expect(probe.sent(lcp, configureRequest)).toHaveLength(1);
    expect(probe.log.find(({ text }) => text === "LCP of the LAC is not taken over")?.fields?.misfit).toBe(why);
    probe.openLcp(MAGIC);
    expect(probe.view.lcp).toBe("opened");
  },
);

test.each(misfits)(
  "LCP that does not fit (%s) ends the link in good order where it has to stand",
  (_, plan, proxy, why) => {
    const probe = probeWith(plan, { ...proxy, renegotiates: false });
    expect(probe.sent(lcp).map(({ code }) => code)).toEqual([terminateRequest]);
    expect(probe.sent(chap)).toEqual([]);
    probe.send(lcp, controlCode.terminateAck, probe.last(lcp).identifier);
    expect(probe.output("terminated")?.reason).toBe(`what the LAC negotiated does not fit: ${why}`);
  },
);

test("a client that negotiates LCP anew is followed, and its old proof does not count again", () => {
  const probe = probeWith({ demand: ["chap"] }, link([CHAP], [MAGIC], { claim: chapClaim }));
  probe.send(lcp, configureRequest, 1, [option(5, 4, 4, 4, 4)]).acknowledge(lcp);
  expect(probe.last(lcp, configureAck).identifier).toBe(1);
  expect(probe.view.phase).toBe("authenticate");
  expect(probe.sent(chap, chapCode.challenge)).toHaveLength(1);
  expect(probe.sent(ipcp).length).toBeGreaterThan(0);
  expect(probe.outputs.filter(({ type }) => type === "authenticate")).toHaveLength(1);
});
