/** The product's version, from the package's own manifest. */

import { readFileSync } from "node:fs";

function read(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}

export const VERSION = read();
