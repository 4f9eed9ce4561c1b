/** The IOS dialect: its commands and its ways, put together. */

import { bannersOf } from "../common/banner.ts";
import type { Dialect } from "../dialect.ts";
import { namesIn } from "../live-names.ts";
import { EVERY_MODIFIER } from "../shell/output-modifier.ts";
import { withDefaults } from "../tree/defaults.ts";
import { aliasFor } from "./aliases.ts";
import { aaaCommands } from "./commands/aaa.ts";
import { accessListCommands } from "./commands/access-list.ts";
import { alias } from "./commands/alias.ts";
import { archiveCommands, archivePlan, commandLogPlan } from "./commands/archive.ts";
import { banner } from "./commands/banner.ts";
import { bfdCommands } from "./commands/bfd.ts";
import {
  cryptoMapCommands,
  dynamicMap,
  dynamicMapEntry,
  interfaceCryptoMap,
  staticMap,
} from "./commands/crypto-map.ts";
import { easyVpnCommands } from "./commands/easy-vpn.ts";
import { easyVpnRemoteCommands } from "./commands/easy-vpn-remote.ts";
import { fileCommands } from "./commands/files.ts";
import { firewallCommands } from "./commands/firewall.ts";
import { groupKeyCommands } from "./commands/group-keys.ts";
import { hardwareCommands } from "./commands/hardware.ts";
import { ikev2Commands } from "./commands/ikev2.ts";
import { interfaceCommands } from "./commands/interface.ts";
import { interfaceKept } from "./commands/interface-kept.ts";
import { ipCommands } from "./commands/ip.ts";
import { ipsecCommands, ipsecProfile, transformSet } from "./commands/ipsec.ts";
import { isakmpCommands } from "./commands/isakmp.ts";
import { isakmpProfile, isakmpProfileCommands } from "./commands/isakmp-profile.ts";
import { keyring } from "./commands/keyring.ts";
import { lineCommands } from "./commands/line.ts";
import { loginGuardCommands } from "./commands/login-guard.ts";
import { loginLogCommands } from "./commands/login-log.ts";
import { managementCommands } from "./commands/management.ts";
import { masterKeyCommands } from "./commands/master-key.ts";
import { networkGroup, objectGroupCommands, serviceGroup } from "./commands/object-group.ts";
import { onByThemselves } from "./commands/on-by-themselves.ts";
import { otherProducts } from "./commands/other-products.ts";
import { pkiCommands } from "./commands/pki.ts";
import { pkiKeptCommands } from "./commands/pki-kept.ts";
import { localPool } from "./commands/pools.ts";
import { privilegeLines } from "./commands/privilege.ts";
import { qosCommands } from "./commands/qos.ts";
import { radiusCommands } from "./commands/radius.ts";
import { routeMapCommands } from "./commands/route-maps.ts";
import { routerCommands } from "./commands/router.ts";
import { sshCommands } from "./commands/ssh.ts";
import { sslKeptCommands } from "./commands/ssl-kept.ts";
import { systemCommands, username } from "./commands/system.ts";
import { timeRange, trackingCommands } from "./commands/tracking.ts";
import { vpdnCommands } from "./commands/vpdn.ts";
import { vpdnGroup, vpdnGroupCommands } from "./commands/vpdn-group.ts";
import { vpdnKept } from "./commands/vpdn-kept.ts";
import { vpdnLacCommands } from "./commands/vpdn-lac.ts";
import { vpdnTemplateCommands } from "./commands/vpdn-template.ts";
import { webCacheCommands } from "./commands/web-caches.ts";
import { wirelessCommands } from "./commands/wireless.ts";
import { access } from "./compile/access.ts";
import { compile, hostnameOf } from "./compile/compile.ts";
import { timeState } from "./compile/time-ranges.ts";
import { debugLines } from "./debug.ts";
import { document } from "./document.ts";
import { execCommands, execInConfiguration } from "./exec/exec.ts";
import { hiddenTextFault } from "./hidden-text.ts";
import { hidePasswords } from "./hide-passwords.ts";
import { lineSettings } from "./line-settings.ts";
import { globalMode } from "./modes.ts";
import { renderConfiguration, SECTIONS } from "./render.ts";
import { semantics } from "./semantics.ts";
import { isMessage, logLine } from "./syslog.ts";
import { unknownWord } from "./unknown-word.ts";

const config = [
  banner,
  ...systemCommands,
  ...lineCommands,
  ...sshCommands,
  ...loginGuardCommands,
  ...loginLogCommands,
  ...archiveCommands,
  ...fileCommands,
  ...aaaCommands,
  ...ipCommands,
  ...radiusCommands,
  ...managementCommands,
  alias,
  ...onByThemselves,
  ...routeMapCommands,
  ...masterKeyCommands,
  ...qosCommands,
  ...bfdCommands,
  ...wirelessCommands,
  ...otherProducts,
  ...firewallCommands,
  ...webCacheCommands,
  ...trackingCommands,
  ...objectGroupCommands,
  ...accessListCommands,
  ...routerCommands,
  ...vpdnCommands,
  ...vpdnGroupCommands,
  ...vpdnTemplateCommands,
  ...vpdnKept,
  ...vpdnLacCommands,
  ...pkiCommands,
  ...pkiKeptCommands,
  ...sslKeptCommands,
  ...isakmpCommands,
  ...ikev2Commands,
  ...groupKeyCommands,
  ...easyVpnCommands,
  ...easyVpnRemoteCommands,
  ...isakmpProfileCommands,
  ...ipsecCommands,
  ...cryptoMapCommands,
  ...interfaceCommands,
  ...interfaceKept,
  ...hardwareCommands,
  // The last of an interface, whatever else it has.
  interfaceCryptoMap,
];

/** A configuration prompt shows so much of the host name. */
const HOSTNAME_IN_CONFIGURATION = 20;

export const ios: Dialect = {
  name: "ios",
  globalMode,
  config,
  exec: execCommands,
  execInConfiguration,
  escapeWords: ["do"],
  sections: SECTIONS,
  virtualRouterCommand: undefined,
  privilegedLevel: 2,
  exitFromPrivileged: "logout",
  configureBanner: "Enter configuration commands, one per line.  End with CNTL/Z.",
  live: {
    pool: namesIn(localPool),
    cryptoMap: namesIn(staticMap, dynamicMapEntry),
    dynamicMap: namesIn(dynamicMap),
    transformSet: namesIn(transformSet),
    isakmpProfile: namesIn(isakmpProfile),
    ipsecProfile: namesIn(ipsecProfile),
    keyring: namesIn(keyring),
    vpdnGroup: namesIn(vpdnGroup),
    user: namesIn(username),
    timeRange: namesIn(timeRange),
    networkGroup: namesIn(networkGroup),
    serviceGroup: namesIn(serviceGroup),
  },
  lineSettings: (store, line) => lineSettings(store.chassis, line),
  privileges: (store) => privilegeLines(store.chassis),
  alias: (store, mode, word) => aliasFor(store.chassis, mode?.id, word),
  unknownWord: (store, word) => unknownWord(store.chassis, word),
  settle: (store, random) => hidePasswords(store.chassis, random),
  banners: (store) => bannersOf(store.chassis.all(banner)),
  interruptEndsConfiguration: true,
  modifiers: {
    names: EVERY_MODIFIER,
    arrows: false,
    fileLevel: 15,
    behind: ["show", "more", "dir", "write terminal", "systat", "where", "who"],
  },
  // The blanks at both ends of the mark stay where they are, as on the box.
  pager: {
    prompt: " --More-- ",
    erase: `${"\b".repeat(9)}${" ".repeat(8)}${"\b".repeat(9)}`,
    filtering: "filtering...",
  },
  dropsGluedComment: true,
  refuses: hiddenTextFault,
  foretold: /^\s*shutdown\s*$/,
  looksAhead: /^\s*(set trans|cry\w* map )/i,
  sharesDebugging: true,
  prompt: ({ hostname, mode, privileged }) =>
    mode === undefined
      ? `${hostname}${privileged ? "#" : ">"}`
      : `${hostname.slice(0, HOSTNAME_IN_CONFIGURATION)}${mode.prompt}#`,
  hostname: (store) => hostnameOf(store.chassis),
  access: (store) => access(store.chassis),
  compile: (store, at) => compile(store.chassis, at),
  timeState: (store, at) => timeState(store.chassis, at),
  semantics,
  render: (store) => renderConfiguration(store.chassis.lines, config),
  renderAll: (store) => renderConfiguration(withDefaults(store, { config, globalMode }).chassis.lines, config, true),
  document,
  keeping: (store) => ({
    automatic: false,
    archive: archivePlan(store.chassis, hostnameOf(store.chassis)),
    commandLog: commandLogPlan(store.chassis),
    startFile: undefined,
  }),
  logs: isMessage,
  logLine,
  debugLines,
};
