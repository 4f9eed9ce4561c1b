/** Global IP configuration. */

import { ipv4, line, mask, shaped, uint, word } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { anyInterface } from "../arguments.ts";
import { dhcpPoolMode, globalMode, vrfMode } from "../modes.ts";

const global = { mode: globalMode } as const;
const ip = kw("ip", "Global IP configuration subcommands");

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

export const radiusServer = setting({
  ...global,
  section: "radius",
  form: [kw("radius-server", "Modify RADIUS query parameters"), arg("rest", secret(line()), "Parameters")],
  key: ["rest"],
  effect: inert("users are authenticated locally"),
});

export const ipCommands = [
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
  radiusServer,
];
