/** Of many refused offers the one is told that came closest, with both sides beside it. */

import { expect, test } from "vitest";
import { choosePhase1, offerPhase1, phase1Sides } from "../../../src/engine/ike/phase1-proposals.ts";
import { choosePhase2, offerPhase2, phase2Sides } from "../../../src/engine/ike/phase2-proposals.ts";
import { closestReason } from "../../../src/engine/ike/refusals.ts";
import { alternatives } from "../../../src/engine/kernel/alternatives.ts";
import { aesSha1, policy3des } from "../../support/ike-pair.ts";

const aes = { ...policy3des, encryption: "aes", keyBits: 256 } as const;

test("phase 1: the transform that differs in one attribute is told, wherever it stands among those that differ in more", () => {
  const far = { ...aes, hash: "md5", group: 14 } as const;
  const near = { ...policy3des, group: 5 } as const;
  for (const offers of [
    [near, far],
    [far, near],
  ]) {
    const numbered = offers.map((offer, index) => ({ ...offer, priority: index + 1 }));
    const proposals = [offerPhase1(numbered, true)];
    const { choice, refusals } = choosePhase1([{ ...policy3des, priority: 10 }], proposals);
    expect(choice).toBeUndefined();
    const transform = offers.indexOf(near) + 1;
    expect(closestReason(refusals)).toBe(`Diffie-Hellman group 5 is not 2 (transform ${transform} against 10)`);
    expect(phase1Sides([policy3des], proposals)).toEqual({
      offered: alternatives(
        offers.map((offer) => (offer === near ? "3des-sha1-preShared-group 5" : "aes-256-md5-preShared-group 14")),
      ),
      configured: "3des-sha1-preShared-group 2",
    });
  }
});

test("phase 2: likewise, and the number of the other differences is told", () => {
  const way = { dialect: undefined, natFound: false, udpOnly: false, floated: false };
  const ours = { ...aesSha1, label: "OURS" };
  const terms = { proposals: [ours], lifetimeSeconds: 3600, lifetimeKilobytes: undefined, pfsGroup: undefined };
  const theirs = [
    { ...aesSha1, cipher: "des", keyBits: 0, integrity: "md5" },
    { ...aesSha1, cipher: "3des", keyBits: 0 },
  ] as const;
  const offer = (count: number) => [
    offerPhase2({ ...terms, proposals: theirs.slice(0, count) }, 4711, "esp", undefined, true),
  ];
  expect(closestReason(choosePhase2(terms, offer(2), way).refusals)).toBe(
    `cipher 3des is not aes (transform 2 against OURS)`,
  );
  expect(closestReason(choosePhase2(terms, offer(1), way).refusals)).toBe(
    `cipher des is not aes, and 1 more (transform 1 against OURS)`,
  );
  expect(phase2Sides(terms, offer(2))).toEqual({ offered: "des-md5 | 3des-sha1", configured: "aes-128-sha1" });
});

test("a line holds six alternatives, each once", () => {
  expect(alternatives([])).toBe("nothing");
  expect(alternatives(["a", "b", "a"])).toBe("a | b");
  expect(alternatives([..."abcdefgh"])).toBe("a | b | c | d | e | f and 2 more");
  expect(closestReason([])).toBe("none was offered");
});
