#!/usr/bin/env node
// Refuses an old Node before anything that it could not parse is loaded, and finds what to run: an installed package is
// built; a checkout is its sources, or the build where nothing was touched since. What was compiled is kept by Node.
const OLDEST = 24;
if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  process.stderr.write(`lnsh needs Node.js ${OLDEST} or newer; this is ${process.versions.node}\n`);
  process.exit(5);
}
// Asked for in this way a module of Node's own brings only itself: an `import` reads all that it exports.
const { existsSync, readdirSync, statSync } = process.getBuiltinModule("node:fs");
const { fileURLToPath } = process.getBuiltinModule("node:url");
const module = process.getBuiltinModule("node:module");
const v8 = process.getBuiltinModule("node:v8");
const sources = new URL("./main.ts", import.meta.url);
const built = new URL("../../dist/cli/main.js", import.meta.url);
// What ends at once gains nothing from room for garbage, nor from code that is made better while it already ends: a gateway keeps
// what V8 finds right.
const endsAtOnce = ["exec", "check"].includes(process.argv[2]);
if (endsAtOnce) {
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  v8.setFlagsFromString("--no-opt");
}
// The cache is one for each set of flags: it is opened when they are set.
module.enableCompileCache?.();
const isBuilt = isCurrent();
if (isBuilt && endsAtOnce) {
  // What every line runs through. Of a module the cache has what V8 compiled before it ran, which is next to nothing; of this one, all.
  v8.setFlagsFromString("--no-lazy");
  await import(new URL("core.js", built).href);
  v8.setFlagsFromString("--lazy");
}
await import((isBuilt ? built : sources).href);

function isCurrent() {
  if (!existsSync(sources)) return true;
  const since = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return since > 0 && !isTouched(fileURLToPath(new URL("..", import.meta.url)), since);
}

// A folder is touched when a file in it comes or goes.
function isTouched(folder, since) {
  if (statSync(folder).mtimeMs >= since) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = `${entry.parentPath}/${entry.name}`;
    return entry.isDirectory() ? isTouched(path, since) : statSync(path).mtimeMs >= since;
  });
}
