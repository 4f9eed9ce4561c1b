/** A LAC that has negotiated LCP with its client and authenticated it, as the gateway takes it (RFC 2661 §4.4.5). */

import { expect, test } from "vitest";
import { chapResponse } from "../../src/engine/crypto/chap.ts";
import type { LnsProfileSpec } from "../../src/engine/l2tp-spec.ts";
import type { AvpValues } from "../../src/engine/wire/l2tp-avp.ts";
import { hex } from "../support/hex.ts";
import { Lab } from "../support/lab.ts";
import { specOf } from "../support/specs.ts";
import { ScriptedLac } from "./scripted-lac.ts";

const CHALLENGE = hex("000102030405060708090a0b0c0d0e0f");

function avps(password: string): AvpValues {
  return {
    // MRU 1500, CHAP with MD5, magic; the client asks for MRU 1400 and a magic number.
    lastSentLcp: hex("0104 05dc 0305 c223 05 0506 01020304"),
    lastReceivedLcp: hex("0104 0578 0506 0a0b0c0d"),
    proxyAuthenType: hex("0002"),
    proxyAuthenName: Buffer.from("fred"),
    proxyAuthenChallenge: CHALLENGE,
    proxyAuthenId: hex("002a"),
    proxyAuthenResponse: chapResponse(0x2a, password, CHALLENGE),
  };
}

function session(lns: Partial<LnsProfileSpec>, password = "fredPw") {
  const spec = specOf({ lns: { transport: "clear", ...lns } });
  const lab = new Lab({
    spec: {
      ...spec,
      virtualRouters: spec.virtualRouters.map((router) => ({
        ...router,
        interfaces: router.interfaces.map((port) => ({ ...port, ipsecOnly: false })),
      })),
    },
  });
  const lac = ScriptedLac.inTheClear(lab, "192.0.2.77");
  lac.establish();
  lac.call(5, avps(password));
  return { lab, lac, ppp: lab.snapshot.sessions[0]?.ppp, call: lab.snapshot.l2tp.tunnels[0]?.sessions[0] };
}

test("its LCP stands and its proof is judged: the client is in the network phase without another word", () => {
  const { ppp, call } = session({ proxyLcp: "always", proxyAuthentication: true });
  expect(ppp).toMatchObject({ phase: "network", lcp: "opened", peerName: "fred", peerMru: 1400, localMru: 1500 });
  expect(call?.proxyLcp).toBe(true);
});

test("a wrong password in it is a wrong password", () => {
  const { lab, ppp } = session({ proxyLcp: "always", proxyAuthentication: true }, "guess");
  expect(ppp?.phase).toBe("terminate");
  lab.run(10_000);
  expect(lab.snapshot.sessions).toEqual([]);
  expect(lab.events.some(({ text }) => text === "PPP authentication failed")).toBe(true);
});

test("its LCP stands and the client is challenged again where its proof is not wanted", () => {
  const { ppp } = session({ proxyLcp: "always", proxyAuthentication: false });
  expect(ppp).toMatchObject({ phase: "authenticate", lcp: "opened", peerName: "" });
});

test("nothing of it is used where LCP is to be negotiated in any case", () => {
  const { ppp, call } = session({});
  expect(ppp).toMatchObject({ phase: "establish", lcp: "reqSent" });
  expect(call?.proxyLcp).toBe(true);
});
