/** Tunnel authentication and hidden AVPs; the vectors are derived here from the formulas of RFC 2661 §4.3 and §4.4.3. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Secret } from "../../../src/engine/kernel/secret.ts";
import { challengeResponse, provesPassword, revealAvp } from "../../../src/engine/l2tp/authentication.ts";
import { Writer } from "../../../src/engine/wire/codec.ts";
import { avpTable, encodeAvpValue } from "../../../src/engine/wire/l2tp-avp.ts";
import { writeAvp } from "../../../src/engine/wire/l2tp-control.ts";
import { decodeControlBody, encodeControlBody } from "../../../src/engine/wire/l2tp-message.ts";
import { lnsWith, ScriptedPeer } from "./pair.ts";

const password = new Secret("TunnelPass");

function md5(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** RFC 2661 §4.3: c(i) = p(i) xor MD5(secret | c(i-1)), the first over type, secret and Random Vector. */
function hide(type: number, secret: string, vector: Uint8Array, value: Uint8Array, padding: number): Uint8Array {
  const clear = new Uint8Array([value.length >>> 8, value.length, ...value, ...new Uint8Array(padding).fill(0x5a)]);
  const hidden = new Uint8Array(clear.length);
  let pad = md5(Uint8Array.of(type >>> 8, type), secret, vector);
  for (let at = 0; at < clear.length; at += 16) {
    for (let i = at; i < Math.min(at + 16, clear.length); i += 1) hidden[i] = (clear[i] ?? 0) ^ (pad[i - at] ?? 0);
    pad = md5(secret, hidden.subarray(at, at + 16));
  }
  return hidden;
}

const vector = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

test.each([0, 1, 13, 14, 15, 30, 100])("a hidden value of %i octets is read, whatever padding follows it", (length) => {
  const value = Uint8Array.from({ length }, (_, i) => i);
  for (const padding of [0, 1, 16, 40]) {
    expect(revealAvp(password, 9, vector, hide(9, "TunnelPass", vector, value, padding))).toEqual(value);
  }
});

test("a hidden value whose length prefix exceeds it cannot be read", () => {
  const value = Uint8Array.from({ length: 20 }, (_, i) => i);
  const hidden = hide(9, "TunnelPass", vector, value, 0);
  expect(revealAvp(password, 9, vector, hidden.subarray(0, 21))).toBeUndefined();
  expect(revealAvp(password, 9, vector, hidden.subarray(0, 1))).toBeUndefined();
  expect(revealAvp(password, 9, vector, new Uint8Array())).toBeUndefined();
  // The prefix itself says 0xffff.
  const lie = hidden.slice();
  lie[0] = (lie[0] ?? 0) ^ 0xff;
  lie[1] = (lie[1] ?? 0) ^ 0xff ^ 20;
  expect(revealAvp(password, 9, vector, lie)).toBeUndefined();
});

function hiddenAvp(writer: Writer, type: number, random: Uint8Array, value: Uint8Array): void {
  writeAvp(writer, {
    mandatory: true,
    hidden: true,
    vendor: 0,
    type,
    value: hide(type, "TunnelPass", random, value, 9),
  });
}

function randomVector(writer: Writer, value: Uint8Array): void {
  writeAvp(writer, { mandatory: true, hidden: false, vendor: 0, type: avpTable.randomVector.type, value });
}

test("each Random Vector serves the hidden AVPs behind it", () => {
  const writer = new Writer();
  writer.put(encodeControlBody("icrq", {}));
  randomVector(writer, vector);
  hiddenAvp(writer, avpTable.assignedSessionId.type, vector, encodeAvpValue("assignedSessionId", 77));
  const other = Uint8Array.of(9, 9, 9);
  randomVector(writer, other);
  hiddenAvp(writer, avpTable.callSerialNumber.type, other, encodeAvpValue("callSerialNumber", 88));
  const reveal = (type: number, random: Uint8Array, hidden: Uint8Array) => revealAvp(password, type, random, hidden);
  expect(decodeControlBody(writer.finish(), reveal)).toMatchObject({
    name: "icrq",
    values: { assignedSessionId: 77, callSerialNumber: 88 },
    fault: undefined,
  });
});

test("an SCCRQ with a hidden Assigned Tunnel ID opens a tunnel where the password is known", () => {
  const writer = new Writer();
  writer.put(encodeControlBody("sccrq", { hostName: "lac" }));
  randomVector(writer, vector);
  hiddenAvp(writer, avpTable.assignedTunnelId.type, vector, encodeAvpValue("assignedTunnelId", 1234));
  const body = writer.finish();
  const knowing = new ScriptedPeer(lnsWith({ tunnelPassword: password }), { tunnelId: 1234 });
  expect(knowing.body(body)).toMatchObject([{ name: "sccrp", tunnelId: 1234 }]);
  for (const profile of [{ tunnelPassword: new Secret("other") }, {}]) {
    const lns = lnsWith(profile);
    const ignorant = new ScriptedPeer(lns);
    ignorant.body(body);
    expect(lns.sent).toEqual([]);
    expect(ignorant.view()).toBeUndefined();
  }
});

test("the answer to a challenge is MD5 over the message type, the password and the challenge", () => {
  const challenge = Uint8Array.from({ length: 32 }, (_, i) => i);
  for (const [answer, type] of [
    ["sccrp", 2],
    ["scccn", 3],
  ] as const) {
    const expected = md5(Uint8Array.of(type), "TunnelPass", challenge);
    expect([...challengeResponse(answer, password, challenge)]).toEqual([...expected]);
  }
});

test("only the right answer proves the password", () => {
  const challenge = Uint8Array.of(1, 2, 3);
  const right = challengeResponse("scccn", password, challenge);
  expect(provesPassword("scccn", password, challenge, right)).toBe(true);
  expect(provesPassword("sccrp", password, challenge, right)).toBe(false);
  expect(provesPassword("scccn", password, challenge, undefined)).toBe(false);
  expect(provesPassword("scccn", password, challenge, right.subarray(1))).toBe(false);
  for (let i = 0; i < right.length; i += 1) {
    const wrong = right.slice();
    wrong[i] = (wrong[i] ?? 0) ^ 1;
    expect(provesPassword("scccn", password, challenge, wrong)).toBe(false);
  }
});

test("an LNS that asks for proof challenges, and answers Android's challenge of 32 octets", () => {
  const challenge = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
  const peer = new ScriptedPeer(lnsWith({ tunnelPassword: password, tunnelAuthentication: true }));
  const [sccrp] = peer.request({ challenge });
  expect(sccrp?.values.challengeResponse).toEqual(md5(Uint8Array.of(2), "TunnelPass", challenge));
  const theirs = sccrp?.values.challenge ?? new Uint8Array();
  expect(theirs.length).toBe(16);
  peer.say("scccn", { challengeResponse: md5(Uint8Array.of(3), "TunnelPass", theirs) });
  expect(peer.view()).toMatchObject({ state: "established", counters: { authenticationFailures: 0 } });
});

test.each(["a wrong answer", "no answer"])("%s to our challenge is StopCCN 4, counted and logged", (kind) => {
  const peer = new ScriptedPeer(lnsWith({ tunnelPassword: password, tunnelAuthentication: true }));
  peer.request();
  const heard = peer.say("scccn", kind === "no answer" ? {} : { challengeResponse: new Uint8Array(16) });
  expect(heard).toMatchObject([{ name: "stopCcn", values: { resultCode: { code: 4 } } }]);
  expect(peer.view()).toMatchObject({ state: "disconnecting", counters: { authenticationFailures: 1 } });
  expect(peer.lns.machine.view(peer.now).totals.authenticationErrors).toBe(1);
  expect(peer.lns.log.at(-1)).toMatchObject({ severity: "notice", text: "L2TP tunnel is being closed" });
  expect(peer.lns.types()).toEqual([]);
});

test("a challenge to an LNS without a password is refused in plain words", () => {
  const peer = new ScriptedPeer(lnsWith());
  expect(peer.request({ challenge: Uint8Array.of(1) })).toMatchObject([
    { name: "stopCcn", values: { resultCode: { code: 4 } } },
  ]);
  expect(peer.lns.event("refused")?.reason).toBe(
    "the peer asks for tunnel authentication and no tunnel password is set",
  );
});

test("authentication demanded without a password configured refuses every tunnel", () => {
  const peer = new ScriptedPeer(lnsWith({ tunnelAuthentication: true }));
  peer.request();
  expect(peer.lns.event("refused")?.reason).toBe("tunnel authentication is required and no tunnel password is set");
});
