/**
 * What people and programs do with a router over SSH, done by the programs themselves. Of the ones that no Debian package holds (scrapli,
 * Oxidized, Exscript), the dialogue as they hold it is typed in.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "../lab/command.ts";
import { ansibleInventory, client, copy, type Ran, rancidHome, ssh } from "./client-run.ts";
import { ADMIN, LOGIN, SshGateway } from "./gateways.ts";

export interface SshGateways {
  readonly ios: SshGateway;
  readonly junose: SshGateway;
}

export interface SshCase {
  readonly name: string;
  run(gateways: SshGateways): Promise<void>;
}

const HERE = new URL("./", import.meta.url).pathname;
const FILE = "configure terminal\ninterface Loopback1\nend\nshow privilege\n";
const REFUSED_FILE = "show nonsense\nshow privilege\n";
const RANCID_BIN = "/usr/lib/rancid/bin";

function ended(ran: Ran, status: number, ...words: readonly string[]): void {
  const evidence = `${ran.out}\n${ran.err}`;
  expect(ran.status === status, `status ${ran.status ?? "(killed)"} and not ${status}`, evidence);
  for (const word of words) expect(ran.out.includes(word), `${JSON.stringify(word)} was not printed`, evidence);
}

/** A file piped into a shell channel is run whole, and the status tells of refused lines. */
function piped(name: string, options: readonly string[]): SshCase {
  return {
    name,
    async run({ ios }) {
      ended(await ssh(ios, options, FILE), 0, "Current privilege level is 15");
      ended(await ssh(ios, options, REFUSED_FILE), 1, "% Invalid input detected", "Current privilege level is 15");
    },
  };
}

function copies(name: string, options: readonly string[]): SshCase {
  return {
    name,
    async run({ ios }) {
      const got = join(ios.directory, `${name}-running`);
      ended(await copy(ios, "scp", [...options, "remote:running-config", got]), 0);
      expect(/^hostname lns$/m.test(readFileSync(got, "utf8")), "the running configuration did not come");
      const change = join(ios.directory, `${name}-change`);
      writeFileSync(change, "interface Loopback2\n description copied\n");
      ended(await copy(ios, "scp", [...options, change, "remote:running-config"]), 0);
      ended(await ssh(ios, ["show running-config interface Loopback2"]), 0, "description copied");
      writeFileSync(change, "hostname lns\nno such line\nbanana split\n");
      const refused = await copy(ios, "scp", [...options, change, "remote:running-config"]);
      ended(refused, 1);
      const told = ["line 2: no such line: ", "line 3: banana split: "].every((line) => refused.err.includes(line));
      expect(told, "the report of the upload does not name the refused lines", refused.err);
      ended(await copy(ios, "scp", [...options, got, `remote:flash:${name}`]), 0);
      ended(await ssh(ios, ["dir flash:"]), 0, name);
      const absent = await copy(ios, "scp", [...options, "remote:flash:absent", got]);
      expect(absent.status === 1, "a file that is not there came", absent.err);
    },
  };
}

function rancid(type: string, gatewayOf: (gateways: SshGateways) => SshGateway, last: RegExp): SshCase {
  return {
    name: `rancid-${type}`,
    async run(gateways) {
      const home = rancidHome(gatewayOf(gateways));
      const env = { HOME: home, PATH: `${RANCID_BIN}:${process.env.PATH ?? ""}` };
      const login = await client("clogin", ["-c", "show users", "127.0.0.1"], { cwd: home, env });
      ended(login, 0, LOGIN.user);
      const ran = await client("rancid", ["-d", "-t", type, "127.0.0.1"], { cwd: home, env });
      ended(ran, 0);
      const errors = ran.err.split("\n").filter((line) => /error|missed|not found/i.test(line));
      expect(errors.length === 0, "RANCID complains", errors.join("\n"));
      const collected = readFileSync(join(home, "127.0.0.1.new"), "utf8");
      expect(last.test(collected), "the configuration did not come to its end", collected);
    },
  };
}

/** Sends each line when the prompt has come, as a screen scraper does; every prompt and failure has its pattern. */
function scraper(
  name: string,
  dialogue: { readonly lines: readonly string[]; readonly prompt: RegExp; readonly failed: RegExp },
): SshCase {
  return {
    name,
    async run({ ios }) {
      const { lines, prompt, failed } = dialogue;
      const ran = await ssh(ios, ["-tt"], lines.map((line) => `${line}\n`).join(""));
      ended(ran, 0);
      const shown = ran.out.split(/\r\n|\n/);
      for (const line of lines) {
        const at = shown.find((each) => each.endsWith(`#${line}`) && prompt.test(each.slice(0, -line.length)));
        expect(at !== undefined, `no prompt was seen before ${JSON.stringify(line)}`, ran.out);
      }
      expect(!failed.test(ran.out), "a command was refused", ran.out);
    },
  };
}

/** An expect script that comes in at the highest level. */
function dialogue(gateway: SshGateway, script: string): Promise<Ran> {
  const args = [`${gateway.port}`, ADMIN.user, ADMIN.password, join(rancidHome(gateway), "ssh_config")];
  return client("expect", [join(HERE, script), ...args], { env: { TERM: "xterm" } });
}

export const cases: readonly SshCase[] = [
  {
    name: "openssh-exec",
    async run({ ios, junose }) {
      const good = await ssh(ios, ["show privilege"]);
      ended(good, 0);
      expect(good.out === "Current privilege level is 15\n", "more was printed than the answer", good.out);
      const bad = await ssh(ios, ["show nonsense"]);
      expect(bad.status === 1 && bad.out === "" && bad.err.includes("% Invalid input"), "not an error", bad.err);
      ended(await ssh(ios, ["configure terminal\ninterface Loopback3\nend\nshow privilege"]), 0, "level is 15");
      const wrong = await ssh(junose, ["show version"]);
      expect(wrong.status !== 0 && wrong.out === "", "a stranger came in", wrong.out);
    },
  },
  piped("openssh-file", []),
  piped("openssh-file-without-terminal", ["-T"]),
  piped("openssh-file-with-terminal", ["-tt"]),
  copies("scp-sftp-mode", []),
  copies("scp-old-mode", ["-O"]),
  {
    name: "sftp",
    async run({ ios }) {
      const got = join(ios.directory, "sftp-running");
      const batch = `ls -l\nget running-config ${got}\nput ${got} flash/from-sftp\nls -1 flash\nrm flash/from-sftp\n`;
      ended(await copy(ios, "sftp", ["remote:"], batch), 0, "running-config", "from-sftp");
      expect(/^hostname lns$/m.test(readFileSync(got, "utf8")), "the running configuration did not come");
    },
  },
  {
    name: "junose-levels",
    async run({ junose }) {
      const own = await SshGateway.start("junose-levels", junose.directory);
      try {
        ended(await ssh(own, ["show privilege"]), 0, "Privilege level is 10");
        const bad = await ssh(own, ["show nonsense"]);
        expect(bad.status === 1 && bad.out === "" && bad.err.includes("% Invalid input"), "not an error", bad.err);
        const change = join(own.directory, "change");
        const got = join(own.directory, "got");
        for (const options of [[], ["-O"]]) {
          writeFileSync(change, "interface loopback 5\n description copied\n");
          ended(await copy(own, "scp", [...options, change, "remote:running-config"]), 0);
          ended(await copy(own, "scp", [...options, "remote:running-config", got]), 0);
          expect(readFileSync(got, "utf8").includes("description copied"), "the copied line is not there");
          writeFileSync(change, "no such line\n");
          const refused = await copy(own, "scp", [...options, change, "remote:running-config"]);
          expect(refused.status === 1 && refused.err.includes("line 1: no such line: "), "no report", refused.err);
        }
        ended(await copy(own, "sftp", ["remote:"], `put ${got} flash/a.scr\nls -1 flash\n`), 0, "a.scr");
        // Every connection above is over, and none has kept a line.
        ended(await ssh(own, ["show users"]), 0, "* vty 0");
      } finally {
        await own.stop();
      }
    },
  },
  {
    name: "expect",
    async run({ ios }) {
      const config = join(rancidHome(ios), "ssh_config");
      const args = [`${ios.port}`, LOGIN.user, LOGIN.password, LOGIN.enable, config];
      ended(await client("expect", [join(HERE, "login.expect"), ...args], { env: { TERM: "xterm" } }), 0);
    },
  },
  {
    name: "openssh-console",
    async run({ ios }) {
      ended(await dialogue(ios, "console.expect"), 0);
    },
  },
  {
    name: "openssh-lines",
    async run({ ios }) {
      ended(await dialogue(ios, "lines.expect"), 0);
    },
  },
  {
    name: "openssh-reload",
    async run({ ios }) {
      // Whoever else is on a router that reloads is cut off: this one is nobody else's.
      const own = await SshGateway.start("ios", join(ios.directory, "reload"));
      try {
        ended(await dialogue(own, "reload.expect"), 0);
      } finally {
        await own.stop();
      }
    },
  },
  {
    name: "openssh-public-key",
    async run({ ios }) {
      const key = join(ios.directory, "id");
      ended(await client("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]), 0);
      const [, blob = ""] = readFileSync(`${key}.pub`, "utf8").split(" ");
      const chain = [
        "configure terminal",
        "ip ssh pubkey-chain",
        `username ${ADMIN.user}`,
        "key-string",
        blob,
        "exit",
        "end",
      ];
      ended(await ssh(ios, [], `${chain.join("\n")}\n`), 0);
      const withKey = ["-o", "PreferredAuthentications=publickey", "-i", key, "show privilege"];
      const ran = await ssh(ios, withKey);
      ended(ran, 0, "Current privilege level is 15");
      const stranger = join(ios.directory, "stranger");
      ended(await client("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", stranger]), 0);
      const refused = await ssh(ios, withKey.with(3, stranger));
      expect(refused.status === 255, "a strange key came in", refused.out);
    },
  },
  {
    name: "openssh-many-sessions",
    async run({ ios }) {
      const levels = await Promise.all(Array.from({ length: 8 }, () => ssh(ios, ["show privilege\nshow users"])));
      for (const ran of levels) ended(ran, 0, "Current privilege level is 15", "vty");
    },
  },
  {
    name: "netmiko-cisco_ios",
    async run({ ios }) {
      const args = [`${ios.port}`, LOGIN.user, LOGIN.password, LOGIN.enable];
      const ran = await client("/usr/bin/python3", ["-W", "ignore", join(HERE, "netmiko-session.py"), ...args]);
      const wanted = ["prompt: lns>", "enabled: True", "privilege: Current privilege level is 15"];
      ended(ran, 0, ...wanted, "saved: True", "kept: True", "type: cisco_ios");
    },
  },
  {
    name: "ansible-cisco.ios",
    async run({ ios }) {
      const args = ["-i", ansibleInventory(ios), join(HERE, "ansible-session.yml")];
      const env = { ANSIBLE_HOST_KEY_CHECKING: "False", ANSIBLE_HOME: ios.directory, ANSIBLE_NOCOLOR: "1" };
      ended(await client("ansible-playbook", args, { env }), 0, "failed=0");
    },
  },
  rancid("cisco", ({ ios }) => ios, /^end$/m),
  rancid("erx", ({ junose }) => junose, /^! End of generated configuration script\.$/m),
  {
    name: "exscript-dialogue",
    async run({ junose }) {
      const config = join(rancidHome(junose), "ssh_config");
      const args = [`${junose.port}`, LOGIN.user, LOGIN.password, LOGIN.enable, config];
      ended(await client("expect", [join(HERE, "exscript.expect"), ...args], { env: { TERM: "xterm" } }), 0);
    },
  },
  scraper("scrapli-dialogue", {
    lines: ["term width 512", "term len 0", "show version", "configure terminal", "interface Loopback4", "end", "exit"],
    prompt: /^[\w.\-@/:]{1,63}(\([\w.\-@/:+]{0,32}\))?#\s?$/,
    failed: /% (Ambiguous|Incomplete|Unknown) command|% Invalid input detected|Command authorization failed/,
  }),
  scraper("oxidized-dialogue", {
    lines: ["terminal length 0", "terminal width 0", "show version", "show inventory", "show running-config", "exit"],
    prompt: /^([\w.@()-]+[#>]\s?)$/,
    failed: /% Invalid input detected/,
  }),
];
