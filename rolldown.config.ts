/**
 * `npm run build`: the program, what `import … from "lnsh"` gives and the thread of a line module in a few files, with the
 * libraries that they always need; those of the dashboard and of SSH stay beside them.
 */

import { defineConfig } from "rolldown";

export default defineConfig({
  input: {
    main: "src/cli/main.ts",
    api: "src/cli/api/api.ts",
    "module-thread": "src/dataplane/io/workers/module-thread.ts",
  },
  platform: "node",
  external: ["ink", "react", /^react\//, "ssh2"],
  output: { dir: "dist/cli", format: "esm", cleanDir: true, minify: { compress: true, mangle: false, codegen: false } },
});
