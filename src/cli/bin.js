#!/usr/bin/env node
// Refuses an old Node before anything that it could not parse is loaded.
import { existsSync } from "node:fs";

const OLDEST = 24;
if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  process.stderr.write(`lnsh needs Node.js ${OLDEST} or newer; this is ${process.versions.node}\n`);
  process.exit(3);
}
// A checkout runs its sources; an installed package carries them compiled.
const sources = new URL("./main.ts", import.meta.url);
const main = existsSync(sources) ? sources : new URL("../../dist/cli/main.js", import.meta.url);
await import(main.href);
