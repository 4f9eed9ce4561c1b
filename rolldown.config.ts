/**
 * `npm run build`: the program, what `import … from "lnsh"` gives and the thread of a line module in a few files, with the
 * libraries that they always need; those of the dashboard and of SSH stay beside them.
 */

import { isBuiltin } from "node:module";
import { defineConfig, type Plugin } from "rolldown";

// What is not ASCII makes V8 keep all of a file in two octets a character; it stands only in strings, and in comments that go.
const ascii: Plugin = {
  name: "ascii",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk") file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
    }
  },
};

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

// An `import` of a module of Node's own reads everything that it exports, and so loads what stands behind each getter (argon2,
// web streams): three times what asking for the module costs.
const builtins: Plugin = {
  name: "builtins",
  resolveId: (id) => (isBuiltin(id) ? { id: `\0${id}`, moduleSideEffects: false } : null),
  load(id) {
    if (!id.startsWith("\0node:")) return null;
    const name = id.slice(1);
    const names = Object.getOwnPropertyNames(process.getBuiltinModule(name)).filter((key) => /^[a-z]\w*$/i.test(key));
    const lines = names.map((key) => (key === "default" ? "" : `export const ${key} = builtin.${key};`));
    return [`const builtin = process.getBuiltinModule("${name}");`, "export default builtin;", ...lines].join("\n");
  },
};

export default defineConfig({
  input: {
    main: "src/cli/main.ts",
    api: "src/cli/api/api.ts",
    "module-thread": "src/dataplane/io/workers/module-thread.ts",
    "agreement-thread": "src/dataplane/io/agreement-thread.ts",
  },
  platform: "node",
  plugins: [builtins],
  treeshake: { propertyReadSideEffects: false },
  external: ["ink", "react", /^react\//, "ssh2"],
  output: {
    dir: "dist/cli",
    format: "esm",
    // What every line of every dialect runs through: `bin.js` has it compiled whole.
    chunkFileNames: (chunk) => (chunk.name === "core" ? "core.js" : "[name]-[hash].js"),
    codeSplitting: {
      groups: [
        { name: "core", test: /src\/(grammar|modes\/(shell|tree|common))\/|node_modules\/(@chevrotain|chevrotain)/ },
      ],
    },
    cleanDir: true,
    comments: { legal: true, annotation: false, jsdoc: false },
    plugins: [ascii],
    // Code that runs once is not compiled well enough to leave out the checks that `const` asks for.
    topLevelVar: true,
    minify: { compress: true, mangle: false, codegen: false },
  },
});
