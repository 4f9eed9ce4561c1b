/** Every configuration command of the dialect, in the order in which lines of a mode print, and the printed sections. */

import type { ConfigCommand } from "../../grammar/declaration.ts";
import { aaaCommands } from "./commands/aaa.ts";
import { aaaProfileCommands } from "./commands/aaa-profile.ts";
import { accessListCommands } from "./commands/access-list.ts";
import { certificateCommands } from "./commands/certificates.ts";
import { clockCommands } from "./commands/clock.ts";
import { bootConfig, manualCommit } from "./commands/commit.ts";
import { domainMapCommands } from "./commands/domain-map.ts";
import { hardwareCommands } from "./commands/hardware.ts";
import { ikePolicyCommands } from "./commands/ike-policy.ts";
import { interfaceCommands } from "./commands/interface.ts";
import { ipCommands } from "./commands/ip.ts";
import { ipKeptCommands } from "./commands/ip-kept.ts";
import { ipsecCommands } from "./commands/ipsec.ts";
import { transportProfileCommands } from "./commands/ipsec-transport-profile.ts";
import { ipsecTunnelCommands } from "./commands/ipsec-tunnel.ts";
import { l2tpCommands } from "./commands/l2tp.ts";
import { destinationProfileCommands } from "./commands/l2tp-destination-profile.ts";
import { lineCommands } from "./commands/line.ts";
import { localUserCommands } from "./commands/local-users.ts";
import { loggingCommands } from "./commands/logging.ts";
import { managementCommands } from "./commands/management.ts";
import { manualKeyCommands } from "./commands/manual-key.ts";
import { policyCommands } from "./commands/policy.ts";
import { privilegeSettings } from "./commands/privilege.ts";
import { profileCommands } from "./commands/profile.ts";
import { radiusCommands } from "./commands/radius.ts";
import { routingCommands } from "./commands/routing.ts";
import { sshCommands } from "./commands/ssh.ts";
import { systemCommands } from "./commands/system.ts";

export const configCommands: readonly ConfigCommand[] = [
  ...systemCommands,
  bootConfig,
  manualCommit,
  ...privilegeSettings,
  ...loggingCommands,
  ...clockCommands,
  ...hardwareCommands,
  ...managementCommands,
  ...ipKeptCommands,
  ...sshCommands,
  ...lineCommands,
  ...l2tpCommands,
  ...localUserCommands,
  ...aaaCommands,
  ...aaaProfileCommands,
  ...domainMapCommands,
  ...policyCommands,
  ...profileCommands,
  ...ikePolicyCommands,
  ...ipsecCommands,
  ...certificateCommands,
  ...ipsecTunnelCommands,
  ...manualKeyCommands,
  ...transportProfileCommands,
  ...radiusCommands,
  ...ipCommands,
  ...accessListCommands,
  ...routingCommands,
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
  "quality of service",
  "traffic class groups",
  "policy",
  "profile",
  "ipsec",
  "certificates",
  "tunnelProfile",
  "transportProfile",
  "aaa",
  "radius",
  "services",
  "pool",
  "accessList",
  "routing",
  "interface",
  "ip",
  "ipsecOption",
  "ipsecKey",
  "l2tpDestination",
] as const;
