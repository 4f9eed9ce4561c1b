/**
 * `npm run bench [NAME…] [--json] [--plot DIRECTORY]`: measures on this machine, so that the ratios can be compared. With `--json` nothing is printed but
 * the figures; with `--plot` each bench leaves a picture, `NAME.svg`.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchEsp } from "./esp.ts";
import { Figures } from "./figures.ts";
import { benchFlood } from "./flood.ts";
import { benchGrammar } from "./grammar.ts";
import { benchPath } from "./path.ts";
import { plotOf } from "./plot.ts";
import { benchScale } from "./scale.ts";
import { benchSetup } from "./setup.ts";
import { benchSoftether } from "./softether.ts";
import { benchSsh } from "./ssh.ts";
import { benchTun } from "./tun.ts";
import { benchUdp } from "./udp.ts";
import { benchWire } from "./wire.ts";
import { benchWorkers } from "./workers.ts";

interface Bench {
  readonly title: string;
  readonly run: (figures: Figures) => void | Promise<void>;
}

const benches: Readonly<Record<string, Bench>> = {
  esp: { title: "ESP, one thread", run: benchEsp },
  path: { title: "The line module, one thread", run: benchPath },
  ssh: { title: "SSH on loopback", run: benchSsh },
  grammar: { title: "The command line", run: benchGrammar },
  flood: { title: "A flood of strangers", run: benchFlood },
  udp: { title: "UDP over loopback sockets, CPU of both ends", run: benchUdp },
  tun: { title: "A TUN device, CPU per packet with the kernel's part", run: benchTun },
  wire: { title: "CPU per packet, kernel included (AES-128 SHA-1, UDP to TUN and back)", run: benchWire },
  workers: { title: "Line modules on threads, CPU per packet over loopback sockets", run: benchWorkers },
  setup: { title: "Clients that come", run: benchSetup },
  softether: { title: "Beside SoftEther: TCP through real Linux clients", run: benchSoftether },
  scale: { title: "Ten thousand sessions", run: benchScale },
};

const { positionals: asked, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, plot: { type: "string" } },
});
const unknown = asked.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(" ")}; there are ${Object.keys(benches).join(" ")}\n`);
  process.exit(2);
}
const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
const results: Record<string, Figures["reports"]> = {};
say(`node ${process.versions.node}, OpenSSL ${process.versions.openssl}`);
for (const [name, { title, run }] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const figures = new Figures(say);
  await run(figures);
  results[name] = figures.reports;
  if (values.plot !== undefined && figures.reports.length > 0)
    writeFileSync(join(values.plot, `${name}.svg`), plotOf(title, figures.reports));
}
if (values.json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
