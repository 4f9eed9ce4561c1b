/** Key agreements on other threads come to the same as those computed here. */

import { setTimeout as after } from "node:timers/promises";
import { expect, test } from "vitest";
import { AgreementThreads } from "../../../src/dataplane/io/agreement-threads.ts";
import { agreeElsewhere } from "../../../src/dataplane/io/agreements.ts";
import type { Agreement } from "../../../src/engine/agreement.ts";
import { generateDhKeyPair, groupLength, sharedSecret } from "../../../src/engine/crypto/dh.ts";
import type { DhGroup } from "../../../src/engine/spec.ts";
import { seededRandom } from "../../support/random.ts";

const groups: readonly DhGroup[] = [1, 2, 5, 14, 15, 16, 19, 20, 21];
const nothing = new Uint8Array(0);

function agreed(
  group: DhGroup,
  own: Agreement["own"] | undefined,
  peerValue: Uint8Array,
): Promise<Agreement | undefined> {
  return new Promise((resolve) => agreeElsewhere({ group, own, entropy: nothing, peerValue }, resolve));
}

test.each(groups)("group %i: both ends come to one secret, whether a pair was there or is made", async (group) => {
  const random = seededRandom(group);
  const peer = generateDhKeyPair(group, random);
  const made = await agreed(group, undefined, peer.publicValue);
  expect(made?.own.publicValue).toHaveLength(groupLength(group));
  expect(made?.sharedSecret).toEqual(sharedSecret(peer, made?.own.publicValue ?? nothing));
  const own = generateDhKeyPair(group, random);
  const other = await agreed(group, own, peer.publicValue);
  expect(other?.own.publicValue).toEqual(own.publicValue);
  expect(other?.sharedSecret).toEqual(sharedSecret(peer, own.publicValue));
});

test("what is no point of the curve is answered, without an agreement", async () => {
  expect(await agreed(19, undefined, new Uint8Array(64).fill(7))).toBeUndefined();
});

test("threads of our own are begun by the first question, come to the same, and tell what is no key", async () => {
  const threads = new AgreementThreads();
  const peer = generateDhKeyPair(14, seededRandom(1));
  const ask = (group: DhGroup, value: Uint8Array) =>
    new Promise<Agreement | undefined | "nobody">((resolve) => {
      if (!threads.compute(group, value, resolve)) resolve("nobody");
    });
  let first = await ask(14, peer.publicValue);
  expect(first).toBe("nobody");
  for (; first === "nobody"; first = await ask(14, peer.publicValue)) await after(5);
  const more = await Promise.all(Array.from({ length: 8 }, () => ask(14, peer.publicValue)));
  for (const agreement of [first, ...more]) {
    if (agreement === undefined || agreement === "nobody") throw new Error("there is no agreement");
    expect(agreement.sharedSecret).toEqual(sharedSecret(peer, agreement.own.publicValue));
  }
  expect(await ask(19, new Uint8Array(64).fill(7))).toBeUndefined();
});
