/** `npm run build`: `lnsh` in a few files, with the libraries that it always needs; those of the dashboard and of SSH stay beside it. */

import { defineConfig } from "rolldown";

export default defineConfig({
  input: { main: "src/cli/main.ts" },
  platform: "node",
  external: ["ink", "react", /^react\//, "ssh2"],
  output: { dir: "dist/cli", format: "esm", cleanDir: true, minify: { compress: true, mangle: false, codegen: false } },
});
