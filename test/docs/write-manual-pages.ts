/** `npm run docs:man`: writes `man/`. */

import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../src/cli/program.ts";
import { manualPages } from "./manual-pages.ts";

const directory = new URL("../../man/", import.meta.url);
mkdirSync(directory, { recursive: true });
for (const { file, text } of manualPages(program)) writeFileSync(new URL(file, directory), text);
