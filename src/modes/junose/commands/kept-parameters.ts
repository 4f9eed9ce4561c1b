/** Parameters that many lines have which are only kept. */

import { ipv4, mask, quotedWord, uint, word } from "../../../grammar/arguments.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { interfaceReference } from "../arguments.ts";

export const MOST = 4_294_967_295;

export const enabled = pick("state", { disable: "Turn it off", enable: "Turn it on" });
export const address = arg("address", ipv4(), "IP address");
export const netmask = arg("mask", mask(), "Mask");
export const aName = arg("name", quotedWord({ max: 64 }), "Name");
export const anInterface = arg("interface", interfaceReference, "Interface type and location");

export function number(help: string, min: number, max: number) {
  return arg("number", uint(min, max), help);
}

/** One word, whatever it is. */
export function text(help: string) {
  return arg("text", word({ max: 128 }), help);
}

/** Words to choose from, with the help of each. */
export function choice<const Words extends Readonly<Record<string, string>>>(words: Words) {
  return pick("choice", words);
}

/** What one end of a tunnel is for: one address, a network, or a range. */
export const selector = oneOf(
  [kw("address", "One address"), arg("host", ipv4(), "IP address")],
  [kw("subnet", "A network"), arg("network", ipv4(), "IP address"), arg("mask", mask(), "Mask")],
  [kw("range", "A range of addresses"), arg("first", ipv4(), "First address"), arg("last", ipv4(), "Last address")],
);

/** A policy on an interface, by the way that packets go. */
export const attachment = [
  pick("way", {
    input: "Packets that come in",
    "local-input": "Packets for this router",
    output: "Packets that go out",
    "secondary-input": "Packets that come in, once more",
  }),
  aName,
  opt(kw("statistics", "Count packets"), pick("statistics", { disabled: "No", enabled: "Yes" })),
  opt(pick("combination", { merge: "Merge with what is attached", preserve: "Keep the counts of what is attached" })),
] as const;
