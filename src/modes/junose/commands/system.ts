/** Global configuration of the chassis itself: its name, licences, virtual routers, access. */

import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, opt, pick } from "../../../grammar/elements.ts";
import { hostName, nameOf, routerToEnter } from "../arguments.ts";
import { globalMode } from "../modes.ts";
import { banner } from "./banner.ts";
import { enablePassword } from "./enable.ts";

export const hostname = setting({
  mode: globalMode,
  section: "system",
  form: [kw("hostname", "Set the name of the router"), arg("name", hostName, "Name of the router")],
  initial: { name: "host1" },
});

/** Creates the virtual router where there is none, and goes on in it. The shell does both. */
export const virtualRouter = opener({
  mode: globalMode,
  opens: globalMode,
  section: "system",
  form: [
    kw("virtual-router", "Create a virtual router or change to another one"),
    arg("name", routerToEnter, "Name of the virtual router, or VR:VRF"),
  ],
  key: ["name"],
  noForm: [
    kw("virtual-router", "Remove a virtual router"),
    arg("name", routerToEnter, "Name of the virtual router"),
    opt(kw("wait-for-completion", "Wait until it is gone")),
  ],
});

export const LICENSES = {
  "b-ras": "License for remote users",
  "ipsec-tunnels": "License for IPsec tunnels",
  "l2tp-session": "License for L2TP sessions",
  ipv6: "License for IPv6",
  "mobile-ip": "License for Mobile IP",
  nat: "License for network address translation",
  "service-management": "License for service management",
} as const;

export const license = setting({
  mode: globalMode,
  section: "system",
  form: [kw("license", "Configure a license key"), pick("feature", LICENSES), arg("key", nameOf(16), "License key")],
  key: ["feature"],
  effect: inert("nothing here needs a license"),
});

const oneRelease = inert("there is one release, and it runs");
const boot = kw("boot", "Configure what the router starts with");

export const bootSystem = setting({
  mode: globalMode,
  section: "system",
  form: [boot, kw("system", "Release to start with"), arg("release", nameOf(128), "File of the release")],
  effect: oneRelease,
});

export const bootBackup = setting({
  mode: globalMode,
  section: "system",
  form: [
    boot,
    kw("backup", "Release to fall back to"),
    arg("release", nameOf(128), "File of the release"),
    opt(arg("configuration", nameOf(128), "File of the configuration")),
  ],
  effect: oneRelease,
});

export const systemCommands = [bootSystem, bootBackup, hostname, banner, enablePassword, license, virtualRouter];
