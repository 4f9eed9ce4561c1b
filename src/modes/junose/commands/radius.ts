/** RADIUS servers: kept and printed; there is no RADIUS client yet. */

import { ipv4, quotedWord, uint } from "../../../grammar/arguments.ts";
import { inert, opener, setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { secret } from "../../common/secret-argument.ts";
import { globalMode, radiusMode } from "../modes.ts";

const effect = inert("there is no RADIUS client; local users authenticate");
const radius = kw("radius", "Configure the RADIUS client");
const inRouter = { mode: globalMode, scope: "virtualRouter", section: "radius", effect } as const;

export const radiusServer = opener({
  ...inRouter,
  opens: radiusMode,
  form: [
    radius,
    pick("service", { authentication: "Authentication server", accounting: "Accounting server" }),
    kw("server", "Configure a RADIUS server"),
    arg("address", ipv4(), "Address of the server"),
  ],
  key: ["service", "address"],
});

export const radiusCommands = [
  setting({
    ...inRouter,
    form: [
      radius,
      kw("algorithm", "Configure the order of servers"),
      pick("order", { direct: "The first one first", "round-robin": "In turn" }),
    ],
  }),
  setting({
    ...inRouter,
    form: [radius, kw("update-source-addr", "Configure the source address"), arg("address", ipv4(), "IP address")],
  }),
  setting({
    ...inRouter,
    form: [
      radius,
      kw("nas-identifier", "Configure the NAS identifier"),
      arg("identifier", quotedWord({ max: 64 }), "Identifier"),
    ],
  }),
  setting({
    ...inRouter,
    form: [
      radius,
      kw("udp-checksum", "Configure UDP checksums"),
      pick("state", { enable: "Make and check them", disable: "Neither" }),
    ],
  }),
  radiusServer,
  setting({
    mode: radiusMode,
    effect,
    form: [kw("udp-port", "Configure the UDP port"), arg("port", uint(1, 65_535), "Port")],
  }),
  setting({
    mode: radiusMode,
    effect,
    form: [kw("key", "Configure the shared secret"), arg("key", secret(quotedWord({ max: 32 })), "Secret")],
  }),
  setting({
    mode: radiusMode,
    effect,
    form: [kw("timeout", "Configure the pause before a retry"), arg("seconds", uint(1, 1000), "Seconds")],
  }),
  setting({
    mode: radiusMode,
    effect,
    form: [kw("retransmit", "Configure the number of retries"), arg("count", uint(0, 100), "Retries")],
  }),
  setting({
    mode: radiusMode,
    effect,
    form: [kw("max-sessions", "Configure outstanding requests"), arg("count", uint(10, 96_000), "Requests")],
  }),
  setting({
    mode: radiusMode,
    effect,
    form: [
      kw("deadtime", "Configure how long a silent server is left alone"),
      arg("minutes", uint(0, 1440), "Minutes"),
    ],
  }),
];
