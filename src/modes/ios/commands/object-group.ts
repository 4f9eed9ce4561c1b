/**
 * Object groups: addresses under a name, and protocols with their ports under a name, for entries of access lists. Hosts have
 * their addresses here: no name is resolved.
 */

import { ipv4, line, named, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting, unsupported } from "../../../grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick, type Values } from "../../../grammar/elements.ts";
import { renderForm } from "../../../grammar/render.ts";
import { PORTS } from "../access-words.ts";
import { maskOrLength } from "../arguments.ts";
import { globalMode, networkGroupMode, serviceGroupMode } from "../modes.ts";
import { counted, LAST_PORT, messageHelp, otherProtocols } from "./access-list-rule.ts";

const objectGroup = kw("object-group", "Configure object group");
const groupName = word({ max: 64 });
const group = { mode: globalMode, section: "access-list", key: ["name"] } as const;

export const networkGroup = opener({
  ...group,
  form: [objectGroup, kw("network", "Network group"), arg("name", groupName, "Name of the group")],
  opens: networkGroupMode,
});

export const serviceGroup = opener({
  ...group,
  form: [objectGroup, kw("service", "Service group"), arg("name", groupName, "Name of the group")],
  opens: serviceGroupMode,
});

const inNetwork = { mode: networkGroupMode } as const;
const host = kw("host", "Host address");

export const networkMember = setting({
  ...inNetwork,
  form: [
    oneOf(
      [pick("any", { any: "Any host" })],
      [host, arg("host", ipv4(), "Address of the host")],
      [arg("address", ipv4(), "Network address"), arg("mask", maskOrLength, "Network mask")],
      [kw("range", "Several addresses"), arg("first", ipv4(), "First address"), arg("last", ipv4(), "Last address")],
    ),
  ],
  key: ["any", "host", "address", "mask", "first", "last"],
});

const hostByName = setting({
  ...inNetwork,
  form: [host, arg("hostname", word(), "Name of the host")],
  key: ["hostname"],
  effect: unsupported("This box resolves no names; give the host by its address"),
});

const groupObject = kw("group-object", "Nested object group");

export const networkNested = setting({
  ...inNetwork,
  form: [groupObject, arg("group", named("networkGroup", groupName), "Name of the group")],
  key: ["group"],
});

const PORT_WORDS = { ...PORTS.tcp, ...PORTS.udp };

function ports<const Side extends "source" | "destination">(side: Side) {
  const type = counted(PORT_WORDS, LAST_PORT, "Port");
  const port = arg("port", type, "Port number");
  return oneOf(
    [kw("eq", "Equal to"), many(`${side}Equal`, port, 1)],
    [kw("gt", "Greater than"), arg(`${side}Above`, type, "Port number")],
    [kw("lt", "Less than"), arg(`${side}Below`, type, "Port number")],
    [
      kw("range", "Between two"),
      arg(`${side}First`, type, "First port number"),
      arg(`${side}Last`, type, "Last port number"),
    ],
    [many(`${side}Bare`, port, 1)],
  );
}

const serviceForm = [
  oneOf(
    [
      pick("ported", {
        tcp: "Transmission Control Protocol",
        "tcp-udp": "TCP or UDP",
        udp: "User Datagram Protocol",
      }),
      opt(kw("source", "Source ports"), ports("source")),
      opt(ports("destination")),
    ],
    [
      kw("icmp", "Internet Control Message Protocol"),
      opt(oneOf([pick("message", messageHelp())], [arg("icmpType", uint(0, 255), "ICMP message type")])),
    ],
    [pick("protocol", otherProtocols)],
    [arg("number", uint(0, 255), "An IP protocol number")],
  ),
] as const;

/** A port without a word in front is the one that is meant. */
function withEqual({ sourceBare, destinationBare, ...said }: Values): Values {
  return {
    ...said,
    ...(sourceBare === undefined ? {} : { sourceEqual: sourceBare }),
    ...(destinationBare === undefined ? {} : { destinationEqual: destinationBare }),
  };
}

export const serviceMember = setting({
  mode: serviceGroupMode,
  form: serviceForm,
  key: [
    "ported",
    "sourceEqual",
    "sourceAbove",
    "sourceBelow",
    "sourceFirst",
    "sourceLast",
    "destinationEqual",
    "destinationAbove",
    "destinationBelow",
    "destinationFirst",
    "destinationLast",
    "message",
    "icmpType",
    "protocol",
    "number",
  ],
  normal: withEqual,
  print: (values) => renderForm(serviceForm, values),
});

export const serviceNested = setting({
  mode: serviceGroupMode,
  form: [groupObject, arg("group", named("serviceGroup", groupName), "Name of the group")],
  key: ["group"],
});

const descriptions = [networkGroupMode, serviceGroupMode].map((mode) =>
  setting({
    mode,
    form: [kw("description", "Description"), arg("text", line(), "Description")],
    effect: inert("a description"),
  }),
);

export const objectGroupCommands = [
  networkGroup,
  serviceGroup,
  ...descriptions,
  networkMember,
  hostByName,
  networkNested,
  serviceMember,
  serviceNested,
];
