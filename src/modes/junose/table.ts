/** Every configuration command of the dialect, in the order in which lines of a mode print, and the printed sections. */

import type { ConfigCommand } from "../../grammar/declaration.ts";
import { aaaCommands } from "./commands/aaa.ts";
import { domainMapCommands } from "./commands/domain-map.ts";
import { ikePolicyCommands } from "./commands/ike-policy.ts";
import { interfaceCommands } from "./commands/interface.ts";
import { ipCommands } from "./commands/ip.ts";
import { ipsecCommands } from "./commands/ipsec.ts";
import { transportProfileCommands } from "./commands/ipsec-transport-profile.ts";
import { l2tpCommands } from "./commands/l2tp.ts";
import { destinationProfileCommands } from "./commands/l2tp-destination-profile.ts";
import { lineCommands } from "./commands/line.ts";
import { manualKeyCommands } from "./commands/manual-key.ts";
import { profileCommands } from "./commands/profile.ts";
import { radiusCommands } from "./commands/radius.ts";
import { systemCommands } from "./commands/system.ts";

export const configCommands: readonly ConfigCommand[] = [
  ...systemCommands,
  ...lineCommands,
  ...l2tpCommands,
  ...aaaCommands,
  ...domainMapCommands,
  ...profileCommands,
  ...ikePolicyCommands,
  ...ipsecCommands,
  ...manualKeyCommands,
  ...transportProfileCommands,
  ...radiusCommands,
  ...ipCommands,
  ...interfaceCommands,
  ...destinationProfileCommands,
];

/** Those of the chassis first; a virtual router prints its own ones below its name. */
export const SECTIONS = [
  "system",
  "line",
  "l2tp",
  "users",
  "domainMap",
  "profile",
  "ipsec",
  "transportProfile",
  "aaa",
  "radius",
  "pool",
  "interface",
  "ip",
  "ipsecOption",
  "ipsecKey",
  "l2tpDestination",
] as const;
