/** The SSH server and who may connect to it: `ip ssh …`, and `access-class` of a terminal line. */

import { uint } from "../../../grammar/arguments.ts";
import { inert, setting } from "../../../grammar/declaration.ts";
import { arg, kw, pick } from "../../../grammar/elements.ts";
import { keptLines } from "../../common/kept-lines.ts";
import { nameOf } from "../arguments.ts";
import { globalMode, lineMode } from "../modes.ts";
import { number } from "./kept-parameters.ts";
import { usageLines } from "./usage-lines.ts";

const ssh = [kw("ip", "Configure IP"), kw("ssh", "Configure the SSH server")] as const;
const chassis = { mode: globalMode, section: "services" } as const;

/** On where the process serves SSH at all; `no` closes the door. */
export const sshServer = setting({
  ...chassis,
  negation: "stored",
  form: [...ssh, kw("server", "Let users in over SSH")],
});

export const sshTimeout = setting({
  ...chassis,
  form: [
    ...ssh,
    kw("timeout", "Configure how long a user may take to log in"),
    arg("seconds", uint(10, 600), "Seconds; 120 when absent"),
  ],
});

export const sshRetries = setting({
  ...chassis,
  form: [
    ...ssh,
    kw("authentication-retries", "Configure how often a user may fail to log in"),
    arg("retries", uint(0, 20), "Retries; 3 when absent"),
  ],
});

export const lineAccessClass = setting({
  mode: lineMode,
  form: [
    kw("access-class", "Configure who may connect"),
    arg("list", nameOf(32), "Name of the access list"),
    pick("direction", { in: "Of those who come in" }),
  ],
  key: [],
});

const rest = keptLines(
  {
    ...chassis,
    effect: inert("algorithms are those that are safe today, and every user proves who he is"),
    shared: { ip: "Configure IP", ssh: "Configure the SSH server" },
  },
  {
    "ip ssh disable-user-authentication": ["Let everybody in", []],
    "ip ssh sleep": ["Configure the wait after failed logins", [number("Seconds", 0, 65_535)]],
  },
);

const WAY = "@[client-to-server | server-to-client]";

const algorithms = usageLines(
  {
    ...chassis,
    effect: inert("algorithms are those that are safe today, and every user proves who he is"),
    words: {
      ssh: "Configure the SSH server",
      "client-to-server": "Of what comes in",
      "server-to-client": "Of what goes out",
      "3des-cbc": "Triple DES",
      "blowfish-cbc": "Blowfish",
      "twofish-cbc": "Twofish",
      "hmac-md5": "MD5",
      "hmac-sha1": "SHA-1",
      "hmac-sha1-96": "SHA-1, 96 bits of it",
      none: "Nothing",
    },
  },
  {
    [`ip ssh crypto ${WAY} @{3des-cbc | blowfish-cbc | twofish-cbc | none}`]: "Configure ciphers",
    [`ip ssh mac ${WAY} @{hmac-md5 | hmac-sha1 | hmac-sha1-96 | none}`]: "Configure message authentication",
  },
);

export const sshCommands = [sshServer, sshTimeout, sshRetries, lineAccessClass, ...rest, ...algorithms];
