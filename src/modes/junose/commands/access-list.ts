/**
 * Access lists. On this box they choose routes and who may log in; packets are filtered by classifiers and policies. Here
 * they are asked by `access-class` of a terminal line.
 */

import { ipv4, uint } from "../../../grammar/arguments.ts";
import { setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { nameOf } from "../arguments.ts";
import { globalMode } from "../modes.ts";

const listName = nameOf(32);
const front = [
  kw("access-list", "Configure an access list"),
  arg("name", listName, "Number or name of the list"),
] as const;
const action = pick("action", { permit: "Let it through", deny: "Stop it" });

function addresses<const Prefix extends string>(prefix: Prefix, whose: string) {
  const any = pick(`${prefix}Any`, { any: `Any ${whose}` });
  const host = [kw("host", `One ${whose}`), arg(`${prefix}Host`, ipv4(), `Address of the ${whose}`)] as const;
  const address = arg(`${prefix}Address`, ipv4(), `Address of the ${whose}`);
  const wildcard = arg(`${prefix}Wildcard`, ipv4(), "Bits that do not matter");
  return { any, host, address, wildcard };
}

const source = addresses("source", "source");
const destination = addresses("destination", "destination");

const rule = [
  action,
  oneOf(
    [oneOf([source.any], source.host, [source.address, opt(source.wildcard)])],
    [
      oneOf(
        [
          pick("protocol", {
            icmp: "Internet Control Message Protocol",
            igmp: "Internet Group Management Protocol",
            ip: "Any protocol of IP",
            ipinip: "IP in IP",
            ospf: "Open Shortest Path First",
            tcp: "Transmission Control Protocol",
            udp: "User Datagram Protocol",
          }),
        ],
        [arg("number", uint(0, 255), "Number of the protocol")],
      ),
      oneOf([source.any], source.host, [source.address, source.wildcard]),
      oneOf([destination.any], destination.host, [destination.address, destination.wildcard]),
    ],
  ),
  flag("log", "log", "Log what matches"),
] as const;

export const accessList = setting({
  mode: globalMode,
  scope: "virtualRouter",
  section: "accessList",
  ordered: true,
  form: [...front, ...rule],
  key: [
    "name",
    "action",
    "protocol",
    "number",
    "sourceAny",
    "sourceHost",
    "sourceAddress",
    "sourceWildcard",
    "destinationAny",
    "destinationHost",
    "destinationAddress",
    "destinationWildcard",
  ],
  noForm: [...front, opt(...rule)],
});

export const accessListCommands = [accessList];
