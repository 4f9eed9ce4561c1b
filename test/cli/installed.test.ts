/** What a user who installed the package has: no sources, a build, the program that finds it, and types of what can be imported. */

import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import config from "../../rolldown.config.ts";
import type { Certificate } from "../../src/engine/pki/certificate.ts";
import { writePem } from "../../src/engine/pki/pem.ts";
import { keyOf, TestAuthority } from "../support/authority.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "lnsh-installed-"));
const checkout = join(home, "checkout");
const consumer = join(home, "consumer");
const installed = join(consumer, "node_modules/lnsh");
const tsc = join(root, "node_modules/typescript/bin/tsc");

function lnsh(place: string, ...args: readonly string[]): string {
  return node(place, join(place, "src/cli/bin.js"), ...args);
}

function node(cwd: string, ...args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    if (error instanceof Error && "stdout" in error && "stderr" in error)
      throw new Error(`${error.stdout}${error.stderr}`);
    throw error;
  }
}

beforeAll(async () => {
  mkdirSync(join(checkout, "src/cli"), { recursive: true });
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
  for (const file of ["package.json", ...files]) {
    if (file !== "dist") cpSync(join(root, file), join(checkout, file), { recursive: true });
  }
  if (Array.isArray(config.output) || config.output === undefined) throw new Error("one output is expected");
  const build = await rolldown({ ...config, cwd: root });
  await build.write({ ...config.output, dir: join(checkout, "dist/cli") });
  await build.close();
  node(root, tsc, "--project", "tsconfig.types.json", "--outDir", join(checkout, "dist/types"));

  execFileSync("npm", ["pack", "--ignore-scripts", "--silent"], { cwd: checkout });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(checkout, `lnsh-${version}.tgz`), "--strip-components=1", "-C", installed]);
  mkdirSync(join(consumer, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(consumer, "node_modules/@types/node"));
  for (const library of ["ink", "react", "ssh2", "undici-types"]) {
    symlinkSync(join(root, "node_modules", library), join(consumer, "node_modules", library));
  }
  writeFileSync(join(consumer, "package.json"), '{ "type": "module" }');
  copyFileSync(join(root, "fixtures/configs/ios-lab.cfg"), join(consumer, "lns.cfg"));
  certify();
});

/** The files that the page's example of certificates reads. */
function certify(): void {
  const years = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2049, 0, 1) };
  const authority = new TestAuthority("cn=Example CA", years);
  const pem = ({ der }: Certificate): string => writePem("CERTIFICATE", der);
  const encrypted = createPrivateKey(keyOf("cn=gw", 2048).reveal()).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "letmein",
  });
  const files = {
    "ca.pem": pem(authority.certificate),
    "gw.pem": pem(authority.issue("cn=gw", years, keyOf("cn=gw", 2048))),
    "gw.key": encrypted,
    "laptop.pem": pem(authority.issue("cn=laptop", years)),
    "laptop.key": keyOf("cn=laptop").reveal(),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(consumer, name), content);
}

afterAll(() => rmSync(home, { recursive: true }));

test("the build finds its files and shows what the sources would", () => {
  expect(lnsh(installed, "--version")).toBe(node(root, "-p", "require('./package.json').version"));
  const shown = lnsh(installed, "exec", "--config", "fixtures/configs/ios-nat-demux.cfg", "-c", "show running-config");
  expect(shown).toContain("crypto map CRYPT_MAP 6000 ipsec-isakmp dynamic DYN_MAP");
});

test("the build runs in a checkout only while it is newer than every source", () => {
  const main = join(checkout, "src/cli/main.ts");
  writeFileSync(main, 'process.stdout.write("from the sources");\n');
  const now = Date.now() / 1000;
  utimesSync(join(checkout, "dist/cli/main.js"), now + 60, now + 60);
  expect(lnsh(checkout, "--version")).not.toContain("from the sources");
  utimesSync(join(checkout, "dist/cli/main.js"), now - 60, now - 60);
  expect(lnsh(checkout, "--version")).toBe("from the sources");
});

test("the examples of the page about routers in tests have the types they say, and hold", () => {
  const page = readFileSync(join(installed, "docs/api.md"), "utf8");
  const examples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  expect(examples.length).toBeGreaterThan(2);
  const files = examples.map((code, index) => {
    const file = `example-${index + 1}.ts`;
    writeFileSync(join(consumer, file), code);
    return file;
  });
  const strict = [
    "--strict",
    "--noEmit",
    "--module",
    "nodenext",
    "--target",
    "es2024",
    "--lib",
    "es2024,esnext.disposable",
  ];
  node(consumer, tsc, ...strict, "--types", "node", ...files);
  for (const file of files) expect(node(consumer, file)).toBe("");
});

test("what is not there by name is no type and no value for those who import it", () => {
  writeFileSync(
    join(consumer, "wrong.ts"),
    'import { createRouter } from "lnsh";\ncreateRouter({ dialect: "eos" });\n',
  );
  expect(() => node(consumer, tsc, "--noEmit", "--module", "nodenext", "wrong.ts")).toThrow(/"eos".*not assignable/s);
  expect(() => node(consumer, "-e", 'import("lnsh/dist/cli/main.js")')).toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
});
