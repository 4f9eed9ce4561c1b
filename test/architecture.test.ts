/**
 * Keeps the dependency rule of docs/ARCHITECTURE.md: which folder may import which, and where the world outside (sockets,
 * clocks, files, entropy, the process) may be touched.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const SRC = join(ROOT, "src");

interface Source {
  /** From `src/`: `engine/ike/ike.ts`. */
  readonly path: string;
  readonly code: string;
  /** Paths from `src/` for the project's own files, names for packages. */
  readonly imports: readonly string[];
}

function read(path: string): Source {
  const text = readFileSync(join(SRC, path), "utf8");
  const specifiers = [...text.matchAll(/^\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm)];
  const bare = [...text.matchAll(/^\s*import\s+"([^"]+)"/gm)];
  const imports = [...specifiers, ...bare]
    .map((match) => match[1] ?? match[2] ?? "")
    .map((name) => (name.startsWith(".") ? relative(SRC, join(SRC, dirname(path), name)) : name));
  return { path, code: withoutText(text), imports };
}

/** The program alone: comments and the insides of texts cannot touch anything. */
function withoutText(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
    .replace(/(^|\s)\/\/.*$/gm, "");
}

const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map(read);

function isOwn(name: string): boolean {
  return /\.tsx?$/.test(name);
}

function folderOf(path: string): string {
  return path.split("/")[0] ?? "";
}

function faults(check: (source: Source) => readonly string[]): string[] {
  return sources.flatMap((source) => check(source).map((fault) => `${source.path}: ${fault}`));
}

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  grammar: ["grammar"],
  engine: ["engine"],
  modes: ["modes", "grammar", "engine"],
  dataplane: ["dataplane", "engine"],
  cli: ["cli", "modes", "grammar", "engine", "dataplane"],
};

test("there are sources to look at", () => {
  expect(sources.length).toBeGreaterThan(50);
  expect([...new Set(sources.map((source) => folderOf(source.path)))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test("grammar and engine are leaves, modes stands on both, dataplane on engine, and nothing on cli", () => {
  expect(
    faults(({ path, imports }) =>
      imports.filter((name) => isOwn(name) && !MAY_IMPORT[folderOf(path)]?.includes(folderOf(name))),
    ),
  ).toEqual([]);
});

/** What may stand on what in the engine; a layer may import those before it. */
const LAYERS = ["kernel", "contract", "wire", "crypto", "pki", "protocol", "join"] as const;
const PROTOCOLS = ["ike", "l2tp", "ppp", "aaa", "ip"];

function layerOf(path: string): { readonly layer: number; readonly protocol: string | undefined } {
  const [, folder = "", file = ""] = path.split("/");
  const at = (name: (typeof LAYERS)[number]) => LAYERS.indexOf(name);
  if (folder === "kernel") return { layer: at("kernel"), protocol: undefined };
  if (folder.endsWith(".ts") || file === "events.ts") return { layer: at("contract"), protocol: undefined };
  if (folder === "wire") return { layer: at("wire"), protocol: undefined };
  if (folder === "crypto") return { layer: at("crypto"), protocol: undefined };
  if (folder === "pki") return { layer: at("pki"), protocol: undefined };
  if (PROTOCOLS.includes(folder)) return { layer: at("protocol"), protocol: folder };
  return { layer: at("join"), protocol: undefined };
}

test("in the engine each layer stands on those below it, and the protocols never meet", () => {
  expect(
    faults(({ path, imports }) => {
      if (folderOf(path) !== "engine") return [];
      const own = layerOf(path);
      return imports.filter((name) => {
        if (!isOwn(name)) return false;
        const other = layerOf(name);
        return other.layer > own.layer || (other.layer === own.layer && other.protocol !== own.protocol);
      });
    }),
  ).toEqual([]);
});

function touchesTheWorld(path: string): boolean {
  return path.startsWith("cli/") || path.startsWith("dataplane/io/");
}

test("sockets, files, timers and the process are imported only where the world is", () => {
  expect(
    faults(({ path, imports }) =>
      touchesTheWorld(path)
        ? []
        : imports
            .filter((name) => name.startsWith("node:"))
            .filter((name) => !(name === "node:crypto" && path.startsWith("engine/crypto/"))),
    ),
  ).toEqual([]);
});

const WORLD: Readonly<Record<string, RegExp>> = {
  "Date.now": /\bDate\.now\b/,
  "new Date": /\bnew Date\(\s*\)/,
  performance: /\bperformance\.now\b/,
  setTimeout: /\bsetTimeout\b/,
  setInterval: /\bsetInterval\b/,
  setImmediate: /\bsetImmediate\b/,
  queueMicrotask: /\bqueueMicrotask\b/,
  process: /(?<![\w.$])process\s*\.\s*\w/,
  "Math.random": /\bMath\.random\b/,
  "global crypto": /\b(?:globalThis\.)?crypto\.(?:getRandomValues|subtle|randomUUID)\b/,
  fetch: /(?<![\w.])fetch\(/,
  console: /(?<![\w.])console\./,
  async: /\basync\b/,
  await: /\bawait\b/,
  Promise: /\bPromise\b/,
};

test("the clock, timers, entropy and promises stay where the world is", () => {
  expect(
    faults(({ path, code }) =>
      touchesTheWorld(path) ? [] : Object.keys(WORLD).filter((name) => WORLD[name]?.test(code)),
    ),
  ).toEqual([]);
});

test("the one timer of the data plane is its driver's", () => {
  expect(
    faults(({ path, code }) =>
      path.startsWith("dataplane/") && path !== "dataplane/io/driver.ts" && /\bset(?:Timeout|Interval)\b/.test(code)
        ? ["a timer"]
        : [],
    ),
  ).toEqual([]);
});

test("the rule bites: a made-up offender is found in each way", () => {
  const code = withoutText('const at = Date.now(); // setTimeout\nconst text = "await"; /* fetch( */');
  expect(Object.keys(WORLD).filter((name) => WORLD[name]?.test(code))).toEqual(["Date.now"]);
  expect(layerOf("engine/ike/ike.ts").layer).toBeLessThan(layerOf("engine/router/router.ts").layer);
  expect(layerOf("engine/l2tp/l2tp.ts").protocol).not.toBe(layerOf("engine/ike/ike.ts").protocol);
});

/** What a file loads as soon as it is loaded itself: not its types, and not what it asks for later. */
function loadedWith({ path }: Source): readonly string[] {
  const text = readFileSync(join(SRC, path), "utf8");
  const specifiers = text.matchAll(/^\s*(?:import|export)\s+(?!type\b)[^;]*?\bfrom\s+"([^"]+)"/gm);
  return [...specifiers]
    .map(([, name = ""]) => name)
    .map((name) => (name.startsWith(".") ? relative(SRC, join(SRC, dirname(path), name)) : name));
}

test("Ink is loaded only where it draws: nothing but the screens themselves brings it along", () => {
  const bringing = new Set(["ink", "react"]);
  for (let before = 0; before < bringing.size; ) {
    before = bringing.size;
    for (const source of sources) if (loadedWith(source).some((name) => bringing.has(name))) bringing.add(source.path);
  }
  const screens = [...bringing].filter(isOwn).sort();
  expect(screens).toEqual(["cli/ui/console.ts", "cli/ui/dashboard.ts", "cli/ui/steady.ts"]);
});
