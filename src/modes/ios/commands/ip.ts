/** Global IP, AAA and routing protocols (ios.md 2.5, 2.6). */

import { ipv4, line, mask, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, many, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface } from "../arguments.ts";
import { dhcpPoolMode, globalMode, routerMode, vrfMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");
const aaa = kw("aaa", "Authentication, Authorization and Accounting.");
const noRouting = inert("no routing protocol runs here");

export const aaaNewModel = setting({
  ...global,
  section: "aaa",
  form: [aaa, kw("new-model", "Enable NEW access control commands and functions.")],
});

const METHODS = {
  enable: "Use enable password for authentication.",
  group: "Use Server-group",
  "if-needed": "Only when the user is not authenticated yet",
  line: "Use line password for authentication.",
  local: "Use local username authentication.",
  "local-case": "Use case-sensitive local username authentication.",
  none: "NO authentication.",
  radius: "Use the list of all RADIUS hosts.",
  "tacacs+": "Use the list of all TACACS+ hosts.",
} as const;

export const aaaAuthentication = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    kw("authentication", "Authentication configurations parameters."),
    pick("service", {
      enable: "Set authentication list for enable.",
      login: "Set authentication lists for logins.",
      ppp: "Set authentication lists for ppp.",
    }),
    oneOf(
      [pick("standard", { default: "The default authentication list." })],
      [arg("list", word(), "Named authentication list.")],
    ),
    many("methods", pick("method", METHODS), 6),
  ],
  key: ["service", "standard", "list"],
  noForm: [
    aaa,
    kw("authentication", "Authentication configurations parameters."),
    pick("service", {
      enable: "Set authentication list for enable.",
      login: "Set authentication lists for logins.",
      ppp: "Set authentication lists for ppp.",
    }),
    oneOf(
      [pick("standard", { default: "The default authentication list." })],
      [arg("list", word(), "Named authentication list.")],
    ),
  ],
});

export const aaaAuthorization = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    pick("what", {
      accounting: "Accounting configurations parameters.",
      authorization: "Authorization configurations parameters.",
    }),
    arg("rest", line(), "What and how"),
  ],
  key: ["what", "rest"],
  effect: inert("nothing is authorized or accounted elsewhere"),
});

export const aaaSessionId = setting({
  ...global,
  section: "aaa",
  form: [
    aaa,
    kw("session-id", "AAA Session ID"),
    pick("scope", { common: "Common to all services", unique: "Different for each service" }),
  ],
  effect: inert("sessions are not accounted elsewhere"),
});

export const ipSwitch = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    pick("name", {
      cef: "Cisco Express Forwarding",
      "domain-lookup": "Enable IP Domain Name System hostname translation",
      "source-route": "Process packets with source routing header options",
      "subnet-zero": "Allow 'subnet zero' subnets",
    }),
  ],
  key: ["name"],
  effect: inert("this box forwards between sessions and resolves no names"),
  negation: "stored",
});

export const ipClassless = setting({
  ...global,
  section: "ip-late",
  form: [ip, pick("name", { classless: "Follow classless routing forwarding rules" })],
  effect: inert("forwarding is always classless"),
  negation: "stored",
});

export const ipForwardProtocol = setting({
  ...global,
  section: "ip-late",
  form: [
    ip,
    kw("forward-protocol", "Controls forwarding of physical and directed IP broadcasts"),
    pick("protocol", { nd: "Sun's Network Disk protocol", udp: "Packets to a specific UDP port" }),
  ],
  key: ["protocol"],
  effect: inert("broadcasts are not forwarded"),
  negation: "stored",
});

export const ipDomain = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    kw("domain", "IP DNS Resolver"),
    oneOf(
      [pick("lookup", { lookup: "Enable IP Domain Name System hostname translation" })],
      [kw("name", "Define the default domain name"), arg("name", word(), "Default domain name")],
    ),
  ],
  key: ["lookup"],
  effect: inert("this box resolves no names"),
  negation: "stored",
});

export const ipNameServer = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    kw("name-server", "Specify address of name server to use"),
    arg("address", ipv4(), "Domain server IP address"),
  ],
  key: ["address"],
  effect: inert("this box resolves no names"),
});

const dhcp = kw("dhcp", "Configure DHCP server and relay parameters");
const noDhcp = inert("no DHCP server runs here");

export const dhcpExcluded = setting({
  ...global,
  section: "ip",
  form: [
    ip,
    dhcp,
    kw("excluded-address", "Prevent DHCP from assigning certain addresses"),
    arg("first", ipv4(), "Low IP address"),
    opt(arg("last", ipv4(), "High IP address")),
  ],
  key: ["first", "last"],
  effect: noDhcp,
});

export const dhcpPool = opener({
  ...global,
  section: "ip",
  form: [ip, dhcp, kw("pool", "Configure DHCP address pools"), arg("name", word(), "Pool name")],
  key: ["name"],
  opens: dhcpPoolMode,
  effect: noDhcp,
});

export const dhcpPoolLine = setting({
  mode: dhcpPoolMode,
  form: [
    pick("name", {
      "default-router": "Default routers",
      "dns-server": "DNS servers",
      "domain-name": "Domain name",
      lease: "Address lease time",
      network: "Network number and mask",
    }),
    arg("value", line(), "Value"),
  ],
  key: ["name"],
  effect: noDhcp,
});

export const vrf = opener({
  ...global,
  section: "vrf",
  form: [
    ip,
    kw("vrf", "Configure an IP VPN Routing/Forwarding instance"),
    arg("name", word({ max: 32 }), "VPN Routing/Forwarding instance name"),
  ],
  key: ["name"],
  opens: vrfMode,
});

const routeDistinguisher = shaped("ASN:nn or IP-address:nn", /^(\d+|\d+\.\d+\.\d+\.\d+):\d+$/);

export const vrfRd = setting({
  mode: vrfMode,
  form: [kw("rd", "Specify Route Distinguisher"), arg("rd", routeDistinguisher, "Route distinguisher")],
  effect: inert("routes are not exchanged with other routers"),
});

export const vrfTarget = setting({
  mode: vrfMode,
  form: [
    kw("route-target", "Specify Target VPN Extended Communities"),
    pick("direction", { both: "Both import and export", export: "Export", import: "Import" }),
    arg("target", routeDistinguisher, "Target"),
  ],
  key: ["direction", "target"],
  effect: inert("routes are not exchanged with other routers"),
});

export const vrfDescription = setting({
  mode: vrfMode,
  form: [kw("description", "VRF specific description"), arg("text", line(), "Description")],
  effect: inert("a description"),
});

export const localPool = setting({
  ...global,
  section: "ip-pool",
  form: [
    ip,
    kw("local", "Specify local options"),
    kw("pool", "IP Local address pool lists"),
    arg("name", word(), "Name of the pool"),
    arg("first", ipv4(), "First IP address of range"),
    opt(arg("last", ipv4(), "Last IP address of range")),
  ],
  key: ["name", "first"],
  noForm: [
    ip,
    kw("local", "Specify local options"),
    kw("pool", "IP Local address pool lists"),
    arg("name", word(), "Name of the pool"),
    opt(arg("first", ipv4(), "First IP address of range"), opt(arg("last", ipv4(), "Last IP address of range"))),
  ],
});

export const addressPool = setting({
  ...global,
  section: "ip-pool",
  form: [
    ip,
    kw("address-pool", "Specify default IP address pooling mechanism"),
    pick("kind", {
      "dhcp-pool": "Use DHCP pools",
      "dhcp-proxy-client": "Use a DHCP server",
      local: "Use local IP address pool",
    }),
  ],
  effect: inert("addresses come from the pools that the template names"),
});

export const route = setting({
  ...global,
  section: "route",
  form: [
    ip,
    kw("route", "Establish static routes"),
    opt(kw("vrf", "Configure static route for a VPN Routing/Forwarding instance"), arg("vrf", word(), "VRF name")),
    arg("prefix", ipv4(), "Destination prefix"),
    arg("mask", mask(), "Destination prefix mask"),
    oneOf(
      [arg("nextHop", ipv4(), "Forwarding router's address")],
      [arg("interface", anyInterface, "Interface"), opt(arg("nextHop", ipv4(), "Forwarding router's address"))],
    ),
    opt(arg("distance", uint(1, 255), "Distance metric for this route")),
    opt(kw("name", "Specify name of the next hop"), arg("name", word(), "Name")),
    flag("permanent", "permanent", "permanent route"),
  ],
  key: ["vrf", "prefix", "mask", "nextHop", "interface"],
});

export const http = setting({
  ...global,
  section: "http",
  form: [
    ip,
    kw("http", "HTTP server configuration"),
    pick("name", {
      authentication: "Set http authentication method",
      "secure-server": "Enable HTTP secure server",
      server: "Enable HTTP server",
    }),
  ],
  key: ["name"],
  effect: inert("no web server runs here"),
  negation: "stored",
});

export const sshSwitch = setting({
  ...global,
  section: "ssh",
  form: [
    ip,
    kw("ssh", "Configure ssh options"),
    pick("name", {
      "authentication-retries": "Number of tries",
      "time-out": "SSH time-out interval",
      version: "Protocol version",
    }),
    arg("value", uint(0, 120), "Value"),
  ],
  key: ["name"],
  effect: inert("no SSH server runs yet"),
});

export const natOverload = setting({
  ...global,
  section: "nat",
  form: [ip, kw("nat", "NAT configuration commands"), arg("rest", line(), "What to translate")],
  key: ["rest"],
  effect: inert("addresses are not translated here"),
});

const listNumbers = uint(1, 2699);
export const accessList = setting({
  ...global,
  section: "access-list",
  form: [
    kw("access-list", "Add an access list entry"),
    arg("number", listNumbers, "Access list number"),
    pick("action", {
      deny: "Specify packets to reject",
      permit: "Specify packets to forward",
      remark: "Access list entry comment",
    }),
    arg("rest", line(), "Which packets"),
  ],
  key: ["number", "action", "rest"],
  noForm: [kw("access-list", "Remove an access list"), arg("number", listNumbers, "Access list number")],
  effect: inert("access lists do not filter here"),
});

export const radiusServer = setting({
  ...global,
  section: "radius",
  form: [kw("radius-server", "Modify RADIUS query parameters"), arg("rest", secret(line()), "Parameters")],
  key: ["rest"],
  effect: inert("users are authenticated locally"),
});

export const router = opener({
  ...global,
  section: "router",
  form: [
    kw("router", "Enable a routing process"),
    oneOf(
      [
        kw("ospf", "Open Shortest Path First (OSPF)"),
        arg("ospf", uint(1, 65_535), "Process ID"),
        opt(kw("vrf", "VPN Routing/Forwarding Instance"), arg("vrf", word(), "VRF name")),
      ],
      [kw("bgp", "Border Gateway Protocol (BGP)"), arg("bgp", uint(1, 65_535), "Autonomous system number")],
      [
        kw("eigrp", "Enhanced Interior Gateway Routing Protocol (EIGRP)"),
        arg("eigrp", uint(1, 65_535), "Autonomous system number"),
      ],
      [pick("process", { rip: "Routing Information Protocol (RIP)" })],
    ),
  ],
  key: ["ospf", "bgp", "eigrp", "process"],
  opens: routerMode,
  effect: noRouting,
});

const inRouter = { mode: routerMode, effect: noRouting } as const;

export const routerSettings = [
  setting({
    ...inRouter,
    form: [
      kw("router-id", "router-id for this OSPF process"),
      arg("id", ipv4(), "OSPF router-id in IP address format"),
    ],
  }),
  setting({
    ...inRouter,
    form: [
      kw("log-adjacency-changes", "Log changes in adjacency state"),
      flag("detail", "detail", "Log all state changes"),
    ],
    negation: "stored",
  }),
  setting({
    ...inRouter,
    form: [
      kw("redistribute", "Redistribute information from another routing protocol"),
      pick("from", {
        bgp: "Border Gateway Protocol",
        connected: "Connected",
        ospf: "Open Shortest Path First",
        rip: "Routing Information Protocol",
        static: "Static routes",
      }),
      opt(kw("metric", "Metric for redistributed routes"), arg("metric", uint(0, 16_777_214), "Metric")),
      opt(kw("metric-type", "OSPF exterior metric type"), arg("metricType", uint(1, 2), "Type")),
      flag("subnets", "subnets", "Consider subnets for redistribution into OSPF"),
    ],
    key: ["from"],
  }),
  setting({
    ...inRouter,
    form: [
      kw("network", "Enable routing on an IP network"),
      arg("address", ipv4(), "Network number"),
      opt(
        arg("wildcard", ipv4(), "OSPF wild card bits"),
        kw("area", "Set the OSPF area ID"),
        arg("area", word(), "OSPF area ID"),
      ),
    ],
    key: ["address", "wildcard"],
  }),
  setting({
    ...inRouter,
    form: [
      kw("passive-interface", "Suppress routing updates on an interface"),
      oneOf(
        [pick("all", { default: "Suppress routing updates on all interfaces" })],
        [arg("interface", anyInterface, "Interface")],
      ),
    ],
    key: ["all", "interface"],
    negation: "stored",
  }),
  setting({
    ...inRouter,
    form: [
      kw("default-information", "Control distribution of default information"),
      kw("originate", "Distribute a default route"),
      flag("always", "always", "Always advertise default route"),
    ],
  }),
  setting({
    ...inRouter,
    form: [
      pick("name", {
        "auto-summary": "Enable automatic network number summarization",
        synchronization: "Perform IGP synchronization",
      }),
    ],
    key: ["name"],
    negation: "stored",
  }),
  setting({
    ...inRouter,
    form: [kw("version", "Set routing protocol version"), arg("version", uint(1, 2), "version")],
  }),
];

export const ipCommands = [
  aaaNewModel,
  aaaAuthentication,
  aaaAuthorization,
  aaaSessionId,
  ipSwitch,
  ipDomain,
  ipNameServer,
  dhcpExcluded,
  dhcpPool,
  dhcpPoolLine,
  vrf,
  vrfRd,
  vrfTarget,
  vrfDescription,
  localPool,
  addressPool,
  ipClassless,
  ipForwardProtocol,
  http,
  sshSwitch,
  natOverload,
  route,
  accessList,
  radiusServer,
  router,
  ...routerSettings,
];
