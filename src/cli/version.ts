/** The product's version, from the package's own manifest. */

import { readFileSync } from "node:fs";
import { packageFile } from "./package-file.ts";

function read(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}

export const VERSION = read();
