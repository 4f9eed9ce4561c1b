/** Two made-up dialects, small enough to read: what the shell does must not depend on any real command table. */

import { interfaceName, ipv4, line, mask, quotedWord, uint, word } from "../../src/grammar/arguments.ts";
import { type ConfigCommand, exec, inert, type Mode, opener, setting } from "../../src/grammar/declaration.ts";
import { arg, kw, many, oneOf, opt, pick } from "../../src/grammar/elements.ts";
import type { ExecContext } from "../../src/modes/common/exec-context.ts";
import { secret } from "../../src/modes/common/secret-argument.ts";
import type { Dialect } from "../../src/modes/dialect.ts";
import type { ShellSupport } from "../../src/modes/shell/exec-context-of.ts";
import { EVERY_MODIFIER } from "../../src/modes/shell/output-modifier.ts";
import { Shell } from "../../src/modes/shell/shell.ts";
import { ConfigStore } from "../../src/modes/tree/config-store.ts";
import { type RenderedBlock, renderBlocks, type TreeStyle } from "../../src/modes/tree/render-tree.ts";

function mode(id: string, prompt: string, parent: Mode | undefined): Mode {
  return { id, prompt, title: `${id} commands:`, parent };
}

const global = mode("Configure", "(config)", undefined);
const ifMode = mode("Interface configuration", "(config-if)", global);
const vpdnMode = mode("VPDN group configuration", "(config-vpdn)", global);
const acceptMode = mode("Accept-dialin", "(config-vpdn-acc-in)", vpdnMode);
const mapMode = mode("Crypto Map configuration", "(config-crypto-map)", global);

export const hostname = setting({
  mode: global,
  form: [kw("hostname", "Set system's network name"), arg("name", quotedWord(), "This system's network name")],
  section: "names",
  check: ({ name }) => (name === "taken" ? "% Name is taken." : undefined),
  warn: ({ name }) => (name.includes("_") ? "% Hostname contains one or more illegal characters." : undefined),
});
export const user = setting({
  mode: global,
  form: [
    kw("username", "Establish User Name Authentication"),
    arg("name", word(), "User name"),
    kw("password", "Specify the password for the user"),
    arg("password", secret(word()), "The password"),
  ],
  key: ["name"],
  section: "users",
});
export const interfaceLine = opener({
  mode: global,
  opens: ifMode,
  form: [
    kw("interface", "Select an interface to configure"),
    arg("name", interfaceName(["FastEthernet", "Loopback"], ""), "Name"),
  ],
  key: ["name"],
  section: "interfaces",
});
export const ipAddress = setting({
  mode: ifMode,
  form: [
    kw("ip", "Interface Internet Protocol config commands"),
    kw("address", "Set the IP address of an interface"),
    arg("address", ipv4(), "IP address"),
    arg("mask", mask(), "IP subnet mask"),
  ],
});
export const duplex = setting({
  mode: ifMode,
  form: [kw("duplex", "Configure duplex operation"), pick("mode", { auto: "Automatic", full: "Full", half: "Half" })],
  effect: inert("there is no Ethernet here"),
});
export const description = setting({
  mode: ifMode,
  form: [kw("description", "Interface specific description"), arg("text", line(), "Up to 240 characters")],
});
export const mapOnInterface = setting({
  mode: ifMode,
  form: [kw("crypto", "Encryption"), kw("map", "Assign a Crypto Map"), arg("name", word(), "Crypto Map tag")],
});
export const mapGlobal = setting({
  mode: global,
  form: [
    kw("crypto", "Encryption module"),
    kw("map", "Enter a crypto map"),
    arg("name", word(), "Tag"),
    arg("sequence", uint(1, 65_535), "Sequence"),
    kw("dynamic", "Template"),
    arg("dynamic", word(), "Name"),
  ],
  key: ["name", "sequence"],
  section: "maps",
});
const dynamicMap = opener({
  mode: global,
  opens: mapMode,
  form: [
    kw("crypto", "Encryption module"),
    kw("dynamic-map", "Specify a dynamic crypto map template"),
    arg("name", word(), "Tag"),
    arg("sequence", uint(1, 65_535), "Sequence"),
  ],
  key: ["name", "sequence"],
  section: "maps",
});
const transformSet = setting({
  mode: mapMode,
  form: [kw("set", "Set values"), kw("transform-set", "List"), many("names", arg("name", word(), "Name"), 6)],
});
const isakmpKey = setting({
  mode: global,
  form: [
    kw("crypto", "Encryption module"),
    kw("isakmp", "Configure ISAKMP policy"),
    kw("key", "Set pre-shared key"),
    arg("key", secret(word()), "Key"),
    oneOf(
      [kw("address", "By address"), arg("address", ipv4(), "Peer"), opt(arg("mask", mask(), "Peer mask"))],
      [kw("hostname", "By name"), arg("host", word(), "Peer")],
    ),
  ],
  key: ["address", "host"],
  section: "maps",
});
const vpdnEnable = setting({ mode: global, form: [kw("vpdn", "VPDN"), kw("enable", "Enable")], section: "vpdn" });
export const vpdnGroup = opener({
  mode: global,
  opens: vpdnMode,
  form: [kw("vpdn-group", "VPDN group configuration"), arg("name", word(), "Name")],
  key: ["name"],
  section: "vpdn",
});
const acceptDialin = opener({
  mode: vpdnMode,
  opens: acceptMode,
  form: [kw("accept-dialin", "VPDN accept-dialin group configuration")],
});
const protocol = setting({
  mode: acceptMode,
  form: [kw("protocol", "Tunneling protocol"), pick("protocol", { l2tp: "L2TP", pptp: "PPTP" })],
});
const virtualTemplate = setting({
  mode: acceptMode,
  form: [kw("virtual-template", "Virtual template"), arg("number", uint(1, 200), "Number")],
});
const tunnelAuthentication = setting({
  mode: vpdnMode,
  form: [kw("l2tp", "L2TP"), kw("tunnel", "Tunnel"), kw("authentication", "Authenticate tunnels")],
  negation: "stored",
});

const ran = (text: string) => () => ({ lines: [text] });
const exitCommand = exec({
  form: [kw("exit", "Exit")],
  level: 0,
  run: () => ({ action: { type: "exit" } }),
});
const endCommand = exec({
  form: [kw("end", "Leave configuration")],
  run: () => ({ action: { type: "end" } }),
});
const shows = [
  exec({
    form: [kw("show", "Show running system information"), kw("version", "Version")],
    run: ran("version 1"),
  }),
  exec({
    form: [kw("show", "Show running system information"), kw("running-config", "Configuration")],
    level: 2,
    run: (context: ExecContext) => ({ lines: context.renderConfiguration() }),
  }),
];
const common = [
  ...shows,
  exitCommand,
  exec({
    form: [kw("enable", "Turn on privileged commands")],
    level: 0,
    run: () => ({ action: { type: "enable", level: 15 } }),
  }),
  exec({
    form: [kw("disable", "Turn off privileged commands")],
    run: () => ({ action: { type: "disable", level: 1 } }),
  }),
  exec({
    form: [kw("configure", "Enter configuration mode"), kw("terminal", "From the terminal")],
    level: 2,
    run: () => ({ action: { type: "configure" } }),
  }),
];

const acmeCommands: readonly ConfigCommand[] = [
  hostname,
  user,
  isakmpKey,
  dynamicMap,
  transformSet,
  mapGlobal,
  vpdnEnable,
  vpdnGroup,
  acceptDialin,
  protocol,
  virtualTemplate,
  tunnelAuthentication,
  interfaceLine,
  description,
  ipAddress,
  duplex,
  mapOnInterface,
];

function nameIn(store: ConfigStore, fallback: string): string {
  return store.chassis.all(hostname)[0]?.values.name ?? fallback;
}

function withSeparators(blocks: readonly RenderedBlock[]): string[] {
  return blocks.flatMap((block, index) =>
    index > 0 && blocks[index - 1]?.section !== block.section ? ["!", ...block.lines] : [...block.lines],
  );
}

const silent = {
  live: {},
  banners: () => ({}),
  access: () => ({
    ssh: { enabled: false as const, reason: "" },
    users: new Map(),
    lines: [],
    enablePasswordHolds: () => false,
  }),
  lineSettings: () => ({}),

  interruptEndsConfiguration: false,
  modifiers: { names: EVERY_MODIFIER, arrows: false, fileLevel: 15, behind: ["show"] },
  pager: { prompt: "--More--", erase: "\b".repeat(8) },
  compile: () => {
    throw new Error("these dialects have no engine");
  },
  logs: () => false,
  logLine: () => undefined,
  debugLines: () => [],
  renderAll: () => [],
  document: (body: readonly string[]) => body,
  keeping: () => ({ automatic: false, archive: undefined, startFile: undefined }),
};

const acmeStyle: TreeStyle = {
  commands: acmeCommands,
  sections: ["names", "users", "vpdn", "maps", "interfaces"],
  indentOf: () => 1,
};

/** Leaves modes as IOS does. */
export const acme: Dialect = {
  ...silent,
  name: "ios",
  globalMode: global,
  config: acmeCommands,
  exec: common,
  execInConfiguration: [exitCommand, endCommand],
  escapeWords: ["do"],
  sections: acmeStyle.sections,
  virtualRouterCommand: undefined,
  privilegedLevel: 2,
  exitFromPrivileged: "logout",
  configureBanner: "Enter configuration commands, one per line.  End with CNTL/Z.",
  dropsGluedComment: true,
  prompt: ({ hostname: name, mode: at, privileged }) => `${name}${at?.prompt ?? ""}${privileged ? "#" : ">"}`,
  hostname: (store) => nameIn(store, "Router"),
  render: (store) => withSeparators(renderBlocks(store.chassis.lines, acmeStyle)),
};

const profileMode = mode("L2TP destination profile", "(config-l2tp-dest-profile)", global);
const hostMode = mode("L2TP host profile", "(config-l2tp-dest-profile-host)", profileMode);

const virtualRouter = opener({
  mode: global,
  opens: global,
  form: [kw("virtual-router", "Switch to a virtual router"), arg("name", word({ max: 32 }), "Its name")],
});
const natT = setting({
  mode: global,
  scope: "virtualRouter",
  form: [kw("ipsec", "IPsec"), kw("option", "Options"), kw("nat-t", "NAT traversal")],
  negation: "stored",
});
export const destinationProfile = opener({
  mode: global,
  opens: profileMode,
  scope: "virtualRouter",
  form: [
    kw("l2tp", "L2TP"),
    kw("destination", "Destination"),
    kw("profile", "Profile"),
    arg("name", word(), "Name"),
    opt(kw("ip", "IP"), kw("address", "Address"), arg("address", ipv4(), "Address")),
  ],
  key: ["name"],
});
const remoteHost = opener({
  mode: profileMode,
  opens: hostMode,
  form: [kw("remote", "Remote"), kw("host", "Host"), arg("name", word(), "Name")],
  key: ["name"],
  check: (_values, config) =>
    config.all(destinationProfile).length > 0 ? undefined : "% The tree of the virtual router is not here",
});
const ipsecTransport = setting({
  mode: hostMode,
  form: [kw("enable", "Enable"), kw("ipsec-transport", "IPsec transport")],
});
const profileName = setting({ mode: hostMode, form: [kw("profile", "Profile"), arg("name", word(), "Name")] });
const localAddress = setting({
  mode: hostMode,
  form: [kw("local", "Local"), kw("ip", "IP"), kw("address", "Address"), arg("address", ipv4(), "Address")],
});
const singleShot = setting({ mode: hostMode, form: [kw("single-shot-tunnel", "One session per tunnel")] });

const bedrockCommands = [
  hostname,
  virtualRouter,
  natT,
  destinationProfile,
  remoteHost,
  ipsecTransport,
  profileName,
  localAddress,
  singleShot,
];

/** Has virtual routers, as JunosE does. */
export const bedrock: Dialect = {
  ...silent,
  name: "junose",
  globalMode: global,
  config: bedrockCommands,
  exec: common,
  execInConfiguration: [exitCommand, endCommand, ...shows],
  escapeWords: ["run", "do"],
  sections: ["names"],
  virtualRouterCommand: virtualRouter,
  privilegedLevel: 2,
  exitFromPrivileged: "userExec",
  configureBanner: "Enter configuration commands, one per line.  End with ^Z.",
  dropsGluedComment: false,
  prompt: ({ hostname: name, mode: at, privileged, virtualRouter: router }) =>
    `${name}${router === "default" ? "" : `:${router}`}${at?.prompt ?? ""}${privileged ? "#" : ">"}`,
  hostname: (store) => nameIn(store, "host1"),
  render: (store) => {
    const style = { commands: bedrockCommands, sections: ["names"] };
    const linesOf = (tree: typeof store.chassis) => renderBlocks(tree.lines, style).flatMap((block) => block.lines);
    return [
      ...linesOf(store.chassis),
      ...[...store.routers].flatMap(([name, tree]) => [`virtual-router ${name}`, "!", ...linesOf(tree)]),
    ];
  },
};

const support: ShellSupport = {
  context: () => {
    throw new Error("these commands look at nothing");
  },
  session: { user: "", line: "console", since: new Date(0) },
};

/** A privileged shell over a store, an empty one where none is given. */
export function shellOf(dialect: Dialect, store = new ConfigStore(), level = 15): Shell {
  return new Shell(dialect, store, support, level);
}
