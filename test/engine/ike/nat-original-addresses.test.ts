/** NAT-OA (RFC 3947 §5.2, and the drafts before it): how many a dialect has, under which number, and that what a peer says there means nothing. */

import { expect, test } from "vitest";
import { openSealed } from "../../../src/engine/ike/message.ts";
import { type NatDialect, natDialects } from "../../../src/engine/ike/nat-traversal.ts";
import { decodeIsakmpHeader, exchangeType } from "../../../src/engine/wire/isakmp-header.ts";
import type { Payload } from "../../../src/engine/wire/isakmp-payload.ts";
import { SERVER } from "../../support/ike-pair.ts";
import { flowFrom, Prober, sent, Target } from "../../support/ike-prober.ts";

const NAT = "198.51.100.7";
/** Its client rejects NAT-OA in an answer. */
const MUTE = "Apple";
const each = natDialects.map((dialect) => [dialect.name, dialect] as const);

/** The NAT-OA payloads of the answer to a quick mode with these, as `type address`. */
function answered(dialect: NatDialect, originals: readonly Uint8Array[]): { original: string[]; opened: number } {
  const target = new Target();
  const prober = new Prober(target, flowFrom(NAT, 33_000));
  prober.dialect = dialect;
  prober.establish();
  const payloads: Payload[] = [
    ...prober.offer(),
    ...originals.map((body) => ({ type: dialect.natOriginalAddress, body })),
  ];
  const offer = prober.hashed(payloads, exchangeType.quickMode, 77);
  const answers = sent(prober.say(offer));
  const [answer] = answers;
  if (answer === undefined || prober.keys === undefined) throw new Error(JSON.stringify(target.logs.at(-1)));
  const message = { flow: prober.flow, header: decodeIsakmpHeader(answer), datagram: answer };
  const inside = openSealed(message, prober.keys.cipher, offer.slice(-8));
  if (!inside.ok) throw inside.error;
  const found = inside.value.payloads.filter(({ type }) => [16, 21, 131].includes(type));
  const { connections } = target.machine.view();
  return {
    original: found.map(({ type, body }) => `${type} ${body[0]} ${body.subarray(4).join(".")}`),
    opened: connections.filter(({ flow }) => flow.remote.address === NAT && flow.remote.port === 33_000).length,
  };
}

const original = (address: string, junk = 0): Uint8Array =>
  Uint8Array.of(1, junk, junk, junk, ...address.split(".").map(Number));

test.each(each)("%s: one gets ours, two get both ends in order, none gets none", (_name, dialect) => {
  const type = dialect.natOriginalAddress;
  const mute = dialect.name === MUTE;
  const one = answered(dialect, [original("192.168.10.11")]);
  expect(one).toEqual({ original: mute ? [] : [`${type} 1 ${SERVER}`], opened: 1 });
  const two = answered(dialect, [original("192.168.10.11"), original(SERVER)]);
  expect(two.original).toEqual(mute ? [] : [`${type} 1 ${NAT}`, `${type} 1 ${SERVER}`]);
  expect(answered(dialect, []).original).toEqual([]);
});

test.each(each)("%s: junk in the reserved octets, strange types and lies change nothing", (_name, dialect) => {
  const type = dialect.natOriginalAddress;
  const expected = dialect.name === MUTE ? [] : [`${type} 1 ${NAT}`, `${type} 1 ${SERVER}`];
  for (const bodies of [
    [original("192.168.10.11", 0xff), original(SERVER, 17)],
    [original("127.0.0.1"), original("0.0.0.0")],
    [Uint8Array.of(5, 0, 0, 0, ...new Uint8Array(16)), original("255.255.255.255")],
    [new Uint8Array(0), new Uint8Array(3)],
    [new Uint8Array(600), new Uint8Array(600)],
  ]) {
    expect(answered(dialect, bodies)).toEqual({ original: expected, opened: 1 });
  }
});
