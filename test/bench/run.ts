/** `npm run bench [esp] [path] [grammar] [ssh] [flood]`: measures on this machine, all in one process, so that the ratios can be compared. */

import { benchEsp } from "./esp.ts";
import { benchFlood } from "./flood.ts";
import { benchGrammar } from "./grammar.ts";
import { benchPath } from "./path.ts";
import { benchSsh } from "./ssh.ts";

const benches = { esp: benchEsp, path: benchPath, ssh: benchSsh, grammar: benchGrammar, flood: benchFlood };

const asked = process.argv.slice(2);
console.log(`node ${process.versions.node}, OpenSSL ${process.versions.openssl}`);
for (const [name, bench] of Object.entries(benches)) if (asked.length === 0 || asked.includes(name)) await bench();
