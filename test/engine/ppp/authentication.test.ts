/** The authenticator against a peer played by hand, and the prover against a server played by hand. */

import { expect, test } from "vitest";
import { verifyProof } from "../../../src/engine/aaa/local-users.ts";
import { chapResponse } from "../../../src/engine/crypto/chap.ts";
import { challengeResponse, ntPasswordHash, ntResponse } from "../../../src/engine/crypto/ms-chap.ts";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import type { PppInput, PppOutput, PppPlan } from "../../../src/engine/ppp/events.ts";
import type { PppAuthentication } from "../../../src/engine/ppp-spec.ts";
import { chapCode, chapValue, msChapResponse, msChapV2Response } from "../../../src/engine/wire/ppp-chap.ts";
import { pppProtocol } from "../../../src/engine/wire/ppp-control.ts";
import { papCode, papRequest } from "../../../src/engine/wire/ppp-pap.ts";
import { option, PppProbe } from "../../support/ppp-probe.ts";

const { chap, pap } = pppProtocol;
const users = [{ name: "fred", password: new Secret("fredPw"), address: undefined, pool: undefined }];
const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);

function answer(output: PppOutput): PppInput | undefined {
  if (output.type === "authenticate") {
    return { type: "authenticated", verdict: verifyProof({ users, methods: ["local"] }, output.name, output.proof) };
  }
  return output.type === "requestAddress" ? { type: "address", address: "10.20.0.10" } : undefined;
}

function server(protocol: PppAuthentication, plan: Partial<PppPlan> = {}): PppProbe {
  return new PppProbe({ demand: [protocol], ...plan }, answer).openLcp();
}

/** What fred would answer to the challenge at hand. */
function response(probe: PppProbe, protocol: PppAuthentication, password: string): Uint8Array {
  const challenge = probe.last(chap, chapCode.challenge);
  return responseTo(protocol, challenge.identifier, chapValue.decode(challenge.data).value, password);
}

function responseTo(protocol: PppAuthentication, identifier: number, challenge: Uint8Array, password: string) {
  const hash = ntPasswordHash(password);
  const peerChallenge = new Uint8Array(16).fill(7);
  const values: Readonly<Partial<Record<PppAuthentication, () => Uint8Array>>> = {
    msChap: () =>
      msChapResponse.encode({
        lmResponse: new Uint8Array(24),
        ntResponse: challengeResponse(challenge, hash),
        flags: 1,
      }),
    msChapV2: () =>
      msChapV2Response.encode({
        peerChallenge,
        reserved: new Uint8Array(8),
        ntResponse: ntResponse(challenge, peerChallenge, "fred", hash),
        flags: 0,
      }),
  };
  const value = values[protocol]?.() ?? chapResponse(identifier, password, challenge);
  return chapValue.encode({ value, name: "fred" });
}

test.each([
  ["chap", 16, 32],
  ["msChap", 8, 8],
  ["msChapV2", 16, 16],
] as const)("a challenge of %s has between %i and %i octets, and no two are alike", (protocol, min, max) => {
  const lengths = new Set<number>();
  const seen = new Set<string>();
  for (let seed = 1; seed <= 100; seed += 1) {
    const plan = { demand: [protocol], chapChallengeLength: { min: 16, max: 32 } };
    const probe = new PppProbe(plan, answer, seed).openLcp();
    const { value, name } = chapValue.decode(probe.last(chap, chapCode.challenge).data);
    expect(name).toBe("lns");
    lengths.add(value.length);
    seen.add(Buffer.from(value).toString("hex"));
  }
  expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([min, max]);
  expect(seen.size).toBe(100);
});

test("a challenge without an answer is repeated every 3 seconds, ten times, and then the link is given up", () => {
  const probe = server("chap");
  probe.run(29_999);
  const challenges = probe.sent(chap, chapCode.challenge);
  expect(challenges).toHaveLength(10);
  expect(new Set(challenges.map(({ identifier, data }) => `${identifier} ${text(data)}`)).size).toBe(1);
  probe.run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the peer does not authenticate itself");
});

test("a response that is repeated, whatever it says by now, gets the success again and asks nobody", () => {
  for (const protocol of ["chap", "msChap", "msChapV2"] as const) {
    const probe = server(protocol);
    const { identifier } = probe.last(chap, chapCode.challenge);
    probe.send(chap, chapCode.response, identifier, response(probe, protocol, "fredPw"));
    const first = probe.last(chap, chapCode.success);
    expect(text(first.data)).toMatch(protocol === "msChapV2" ? /^S=[0-9A-F]{40} M=/ : /^$/);
    probe.send(chap, chapCode.response, identifier, response(probe, protocol, "wrong"));
    expect(probe.sent(chap, chapCode.success)).toEqual([first, first]);
    expect(probe.outputs.filter(({ type }) => type === "authenticate")).toHaveLength(1);
    // Another identifier answers no challenge of ours.
    probe.send(chap, chapCode.response, identifier + 1, response(probe, protocol, "fredPw"));
    expect(probe.sent(chap, chapCode.success)).toHaveLength(2);
  }
});

test("a PAP request that is repeated under a new identifier gets the ack again under that identifier", () => {
  const probe = server("pap");
  const request = (password: string) => papRequest.encode({ name: "fred", password: Buffer.from(password) });
  probe.send(pap, papCode.request, 1, request("fredPw")).send(pap, papCode.request, 2, request("wrong"));
  expect(probe.sent(pap, papCode.ack).map(({ identifier }) => identifier)).toEqual([1, 2]);
  expect(probe.outputs.filter(({ type }) => type === "authenticate")).toHaveLength(1);
});

test("MS-CHAP offers another attempt with a new challenge in its failure, as often as configured", () => {
  for (const protocol of ["msChap", "msChapV2"] as const) {
    const probe = server(protocol, { authenticationRetries: 1 });
    const first = probe.last(chap, chapCode.challenge);
    const wrong = response(probe, protocol, "wrong");
    probe.send(chap, chapCode.response, first.identifier, wrong);
    const failure = probe.last(chap, chapCode.failure);
    const [, retry, hex = ""] = /^E=691 R=(\d) C=([0-9A-F]+) V=\d/.exec(text(failure.data)) ?? [];
    expect(retry).toBe("1");
    expect(failure.identifier).toBe(first.identifier);
    // The old response again is no new attempt: its failure was lost.
    probe.send(chap, chapCode.response, first.identifier, wrong);
    expect(probe.sent(chap, chapCode.failure)).toEqual([failure, failure]);
    // A response to the old challenge under the new identifier is one, and a right one to the new challenge succeeds.
    const next = (first.identifier + 1) & 255;
    probe.send(chap, chapCode.response, next, responseTo(protocol, next, Buffer.from(hex, "hex"), "fredPw"));
    expect(probe.sent(chap, chapCode.success)).toHaveLength(1);
    expect(probe.view).toMatchObject({ phase: "network", peerName: "fred" });
  }
});

test("after the last attempt MS-CHAP says R=0 and the link ends, without a word about what was wrong", () => {
  const probe = server("msChapV2", { authenticationRetries: 0 });
  const { identifier } = probe.last(chap, chapCode.challenge);
  probe.send(chap, chapCode.response, identifier, response(probe, "msChapV2", "wrong"));
  expect(text(probe.last(chap, chapCode.failure).data)).toMatch(
    /^E=691 R=0 C=[0-9A-F]{32} V=3 M=Authentication failed$/,
  );
  probe.run(10_000);
  expect(probe.output("terminated")?.reason).toBe("authentication of fred failed");
});

test("with CHAP another attempt is a new challenge, which is repeated when it is lost", () => {
  const probe = server("chap", { authenticationRetries: 1 });
  const first = probe.last(chap, chapCode.challenge);
  probe.send(chap, chapCode.response, first.identifier, response(probe, "chap", "wrong"));
  const second = probe.last(chap, chapCode.challenge);
  expect(second.identifier).not.toBe(first.identifier);
  expect(probe.sent(chap, chapCode.failure)).toHaveLength(0);
  probe.run(3000);
  expect(probe.last(chap, chapCode.challenge)).toEqual(second);
  probe.send(chap, chapCode.response, second.identifier, response(probe, "chap", "wrong"));
  expect(probe.sent(chap, chapCode.failure)).toHaveLength(1);
  expect(probe.view.phase).toBe("terminate");
});

test("a PAP peer may ask again as often as configured", () => {
  const probe = server("pap", { authenticationRetries: 2 });
  const request = (password: string) => papRequest.encode({ name: "fred", password: Buffer.from(password) });
  probe.send(pap, papCode.request, 1, request("a")).send(pap, papCode.request, 2, request("b"));
  expect(probe.sent(pap, papCode.nak)).toHaveLength(2);
  probe.send(pap, papCode.request, 3, request("fredPw"));
  expect(probe.view).toMatchObject({ phase: "network", peerName: "fred" });
});

test("the verdict on a proof of before a renegotiation counts for nothing", () => {
  const probe = new PppProbe({ demand: ["chap"] }).openLcp();
  const first = probe.last(chap, chapCode.challenge);
  probe.send(chap, chapCode.response, first.identifier, response(probe, "chap", "fredPw"));
  probe.openLcp(option(5, 1, 2, 3, 4));
  const second = probe.last(chap, chapCode.challenge);
  expect(second.data).not.toEqual(first.data);
  probe.send(chap, chapCode.response, second.identifier, response(probe, "chap", "wrong"));
  const good = { accepted: true, authenticatorResponse: undefined } as const;
  probe.input({ type: "authenticated", verdict: good });
  expect(probe.sent(chap, chapCode.success)).toHaveLength(0);
  probe.input({ type: "authenticated", verdict: { accepted: false, reason: "no" } });
  expect(probe.sent(chap, chapCode.failure)).toHaveLength(1);
});

test("a password shows neither in the log nor in what is printed of an output", () => {
  for (const password of ["fredPw", "wrongPw"]) {
    const probe = server("pap");
    probe.send(pap, papCode.request, 1, papRequest.encode({ name: "fred", password: Buffer.from(password) }));
    expect(JSON.stringify([probe.log, probe.output("authenticate")])).not.toContain(password);
  }
});

function client(protocol: PppAuthentication, password = "fredPw"): PppProbe {
  const credentials = { name: "fred", password: new Secret(password), protocols: [protocol] };
  const auth = { pap: [0xc0, 0x23], chap: [0xc2, 0x23, 5], msChap: [0xc2, 0x23, 128], msChapV2: [0xc2, 0x23, 129] };
  return new PppProbe({ credentials, localAddress: undefined }).openLcp(option(3, ...auth[protocol]));
}

test("a client repeats its response until there is an answer, and the same challenge gets the same response", () => {
  const probe = client("msChapV2");
  const challenge = chapValue.encode({ value: new Uint8Array(16).fill(1), name: "lns" });
  probe.send(chap, chapCode.challenge, 9, challenge).run(3000).send(chap, chapCode.challenge, 9, challenge);
  const responses = probe.sent(chap, chapCode.response);
  expect(responses).toHaveLength(3);
  expect(new Set(responses.map(({ data }) => Buffer.from(data).toString("hex"))).size).toBe(1);
  probe.run(60_000);
  expect(probe.output("terminated")?.reason).toBe("the authenticator does not answer");
});

test("an authenticator that does not prove to know the password is not believed", () => {
  const probe = client("msChapV2");
  const challenge = chapValue.encode({ value: new Uint8Array(16).fill(1), name: "lns" });
  probe.send(chap, chapCode.challenge, 9, challenge);
  probe.send(chap, chapCode.success, 9, Buffer.from(`S=${"0".repeat(40)} M=Welcome`)).run(10_000);
  expect(probe.output("terminated")?.reason).toBe("the authenticator does not know our password");
});

test("a success that comes before the proof, or under another identifier, is none", () => {
  for (const protocol of ["chap", "msChap", "msChapV2"] as const) {
    const probe = client(protocol);
    probe.send(chap, chapCode.success, 0);
    const length = protocol === "msChap" ? 8 : 16;
    probe.send(chap, chapCode.challenge, 4, chapValue.encode({ value: new Uint8Array(length), name: "lns" }));
    probe.send(chap, chapCode.success, 5).send(chap, chapCode.failure, 6);
    expect(probe.view.phase, protocol).toBe("authenticate");
  }
});

test("challenges that MS-CHAP cannot be computed over are passed over", () => {
  for (const protocol of ["msChap", "msChapV2"] as const) {
    const probe = client(protocol);
    for (const length of [1, 5, 7, 9, 17, 255]) {
      probe.send(chap, chapCode.challenge, 1, chapValue.encode({ value: new Uint8Array(length), name: "x" }));
    }
    expect(probe.sent(chap)).toHaveLength(0);
  }
});

test("a client answers a challenge on an open link, without leaving it", () => {
  const probe = client("chap");
  const challenge = (octet: number) => chapValue.encode({ value: new Uint8Array(16).fill(octet), name: "lns" });
  probe.send(chap, chapCode.challenge, 1, challenge(1)).send(chap, chapCode.success, 1);
  expect(probe.view.phase).toBe("network");
  probe.send(chap, chapCode.challenge, 2, challenge(2)).send(chap, chapCode.success, 2).run(2000);
  expect(probe.sent(chap, chapCode.response)).toHaveLength(2);
  expect(probe.view.phase).toBe("network");
});

test("a client that never is asked for its proof gives up", () => {
  const probe = client("chap").run(60_000);
  expect(probe.output("terminated")?.reason).toBe("the authenticator does not answer");
});
