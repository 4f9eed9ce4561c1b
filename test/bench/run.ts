/** `npm run bench [esp] [path] [grammar] [ssh] [flood] [wire] [setup] [--json]`: measures on this machine, all in one process, so that the ratios can be compared. */

import { benchEsp } from "./esp.ts";
import { benchFlood } from "./flood.ts";
import { benchGrammar } from "./grammar.ts";
import { benchPath } from "./path.ts";
import { benchSetup } from "./setup.ts";
import { benchSsh } from "./ssh.ts";
import { benchWire } from "./wire.ts";

const asked = process.argv.slice(2).filter((word) => word !== "--json");
/** Of the benches that have it; nothing else is printed then. */
const asJson = process.argv.includes("--json");
const benches = {
  esp: benchEsp,
  path: benchPath,
  ssh: benchSsh,
  grammar: benchGrammar,
  flood: benchFlood,
  wire: () => benchWire(asJson),
  setup: benchSetup,
};

if (!asJson) console.log(`node ${process.versions.node}, OpenSSL ${process.versions.openssl}`);
for (const [name, bench] of Object.entries(benches)) if (asked.length === 0 || asked.includes(name)) await bench();
