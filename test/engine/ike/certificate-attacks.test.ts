/**
 * Message 5 of a stranger who has nothing but his certificates to show, and makes of them whatever he likes: each attempt is counted
 * under one name, logged in one line, costs little time, and lets nobody in.
 */

import { expect, test } from "vitest";
import { writeCertificateBag } from "../../../src/engine/pki/pkcs7.ts";
import { certificateEncoding } from "../../../src/engine/wire/isakmp-certificate.ts";
import type { Payload } from "../../../src/engine/wire/isakmp-payload.ts";
import { failureRule, failureRules } from "../../../src/modes/common/failure-rules.ts";
import { failuresOf } from "../../support/failures.ts";
import { sent } from "../../support/ike-prober.ts";
import {
  ADDRESS,
  type Attack,
  attacks,
  BOUND_MILLIS,
  laptop,
  middle,
  payload,
  request,
  root,
  stranger,
  targetOf,
  thousand,
  three,
  tryOn,
  underThree,
} from "./certificate-attacks.ts";

test.each(Object.entries(attacks))("%s: counted, told once, and nobody is in", (_, attack) => {
  const target = targetOf(attack.lists);
  const { answers, millis, logs, prober, fifth } = tryOn(target, attack);
  expect(answers).toEqual([]);
  expect(millis).toBeLessThan(BOUND_MILLIS);
  expect(logs.map(({ severity, text }) => [severity, text])).toEqual([["notice", "Main mode message was refused"]]);
  expect(String(logs[0]?.fields.reason)).toMatch(attack.says ?? /^certificate refused: /);
  const { certificateFaults, sas } = target.machine.view();
  const counted = Object.entries(certificateFaults).filter(([, count]) => count > 0);
  expect(counted).toEqual([[attack.fault, 1]]);
  expect(sas.map(({ state }) => state)).not.toContain("established");
  // Again, it is not even opened.
  const said = target.logs.length;
  expect(sent(prober.say(fifth))).toEqual([]);
  expect(target.logs).toHaveLength(said);
  target.run(60_000);
  expect(target.machine.view().sas).toEqual([]);
});

test("each rule of advice about certificates tells of one of them, but that of the maps", () => {
  const rows = Object.values(attacks).map((attack) => {
    const { logs } = tryOn(targetOf(attack.lists), attack);
    expect(failuresOf(logs)).toMatchObject([
      { who: `${ADDRESS}:501`, step: "certificate", reason: logs[0]?.fields.reason, windowsError: 789 },
    ]);
    return logs.map(failureRule);
  });
  const met = new Set(rows.flat());
  const idle = failureRules.filter((rule) => rule.step === "certificate" && !met.has(rule));
  expect(idle.map(({ change }) => change)).toEqual(["let a certificate map take this name, if it is to come in"]);
});

test("an unknown authority is told beside those that are believed", () => {
  const certificates = [payload(stranger.issue("cn=laptop").der)];
  const [row] = failuresOf(tryOn(targetOf(), { certificates }).logs);
  expect(row).toMatchObject({ offered: "cn=laptop issued by cn=Stranger,o=Example", configured: "cn=Root,o=Example" });
});

/** What does no harm: its owner is let in. */
const harmless: Readonly<Record<string, Attack>> = {
  "the same certificate twice": { certificates: [payload(laptop.der), payload(laptop.der)] },
  "others' certificates beside it": {
    certificates: [payload(laptop.der), payload(stranger.certificate.der), payload(middle.certificate.der)],
  },
  "the exponent 3 with a true signature": {
    certificates: [payload(underThree.der)],
    sign: (proof) => three.sign(proof),
  },
  "fifty requests for certificates, none of which can be read": {
    certificates: [payload(laptop.der)],
    asked: Array.from({ length: 50 }, (_, index) => request(new Uint8Array(index).fill(0x30))),
  },
};

test.each(Object.entries(harmless))("%s: it is answered, and soon", (_, attack) => {
  const target = targetOf();
  const { answers, millis } = tryOn(target, attack);
  expect(answers, JSON.stringify(target.logs.at(-1))).toHaveLength(1);
  expect(millis).toBeLessThan(BOUND_MILLIS);
  expect(Object.values(target.machine.view().certificateFaults).reduce((sum, count) => sum + count, 0)).toBe(0);
});

test("of the certificates in one message eight are looked at, in however many envelopes: the ninth is not found", () => {
  const leaf = middle.issue("cn=laptop").der;
  const among = (others: number) => {
    const bags = [[leaf, ...new Array(others).fill(stranger.certificate.der)], [middle.certificate.der]];
    const certificates = bags.map((bag) => payload(writeCertificateBag(bag), certificateEncoding.pkcs7));
    return tryOn(targetOf(), { certificates });
  };
  expect(among(6).answers).toHaveLength(1);
  const { answers, logs } = among(7);
  expect(answers).toEqual([]);
  expect(String(logs[0]?.fields.reason)).toMatch(/cn=Middle,o=Example.*is not trusted/);
});

test("a message with nine certificates, each in a payload of its own, is refused before any is looked at", () => {
  const leaf = payload(middle.issue("cn=laptop").der);
  const among = (others: number) => {
    const certificates = [
      leaf,
      ...new Array<Payload>(others).fill(payload(laptop.der)),
      payload(middle.certificate.der),
    ];
    return tryOn(targetOf(), { certificates });
  };
  expect(among(6).answers).toHaveLength(1);
  const { answers, logs } = among(7);
  expect(answers).toEqual([]);
  expect(String(logs[0]?.fields.reason)).toContain("it has 9 CERT payloads");
});

test("a thousand certificates, or requests for them, are more payloads than any message has", () => {
  const target = targetOf();
  const { answers, logs, millis } = tryOn(target, { certificates: thousand.slice(0, 80).map((each) => payload(each)) });
  expect(answers).toEqual([]);
  expect(millis).toBeLessThan(BOUND_MILLIS);
  expect(logs).toHaveLength(1);
  expect(logs[0]?.fields.reason).toMatch(/cannot be read under the agreed keys: .*tooMany/);
  const asked = Array.from({ length: 80 }, () => request(root.certificate.subject.der));
  expect(() => tryOn(target, { certificates: [payload(laptop.der)], asked }, 2)).toThrow("message 3 was not answered");
  expect(target.machine.view().counters?.malformed).toBeGreaterThan(0);
});

test("who shows a hundred certificates that nobody believes is not remembered, and the owner of a good one comes in", () => {
  const target = targetOf();
  const attack = attacks["a certificate of another authority"] as Attack;
  for (let seed = 1; seed <= 100; seed += 1) {
    try {
      tryOn(target, attack, seed);
    } catch {
      // He is locked out for a while.
    }
    target.run(100);
  }
  target.run(600_000);
  expect(target.machine.view().sas).toEqual([]);
  expect(tryOn(target, { certificates: [payload(laptop.der)] }, 101).answers).toHaveLength(1);
});
