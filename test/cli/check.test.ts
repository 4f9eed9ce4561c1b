import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { asGithub } from "../../src/cli/check/as-github.ts";
import { asJson } from "../../src/cli/check/as-json.ts";
import { asSarif } from "../../src/cli/check/as-sarif.ts";
import { decodeText, readText } from "../../src/cli/read-text.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { checkedFile } from "../../src/modes/shell/checked-file.ts";
import { examine } from "../../src/modes/shell/examine.ts";
import { reportText } from "../../src/modes/shell/report-text.ts";
import { faults } from "../support/json-schema.ts";
import { LNSH, lnsh } from "../support/lnsh.ts";

const FAULTY = [
  "hostname lns",
  "service tcp-keepalives-in",
  "crypto isakmp polcy 10",
  " encr 3des",
  "crypto isakmp policy 20",
  " lifetime 5",
  "Router(config-isakmp)#encryptoin 3des",
  "crypto isakmp key s3cret adress 0.0.0.0",
].join("\n");

function checked(text: string, file = "a b.cfg") {
  return checkedFile(file, examine(dialects.ios, text, new Date(0)));
}

const directory = mkdtempSync(join(tmpdir(), "lnsh-check-"));
afterAll(() => rmSync(directory, { recursive: true }));

function saved(name: string, text: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

test("every line has its state, its place in the file, and what was wrong with it", () => {
  expect(checked(FAULTY).lines.map(({ line, column, state, nearest }) => ({ line, column, state, nearest }))).toEqual([
    { line: 1, column: 1, state: "active", nearest: null },
    { line: 2, column: 1, state: "inert", nearest: null },
    { line: 3, column: 18, state: "unknown", nearest: "crypto isakmp policy 10" },
    { line: 4, column: 2, state: "unknown", nearest: null },
    { line: 5, column: 1, state: "active", nearest: null },
    { line: 6, column: 11, state: "wrong", nearest: "lifetime <60-86400>" },
    { line: 7, column: 30, state: "unknown", nearest: "encryption 3des" },
    { line: 8, column: 28, state: "unknown", nearest: "crypto isakmp key ****** address 0.0.0.0" },
  ]);
});

test("no format tells a secret", () => {
  const files = [checked(`${FAULTY}\ncrypto isakmp key s3cret address 0.0.0.0\nusername a pasword s3cret`)];
  const all = [
    files.flatMap((file) => reportText(file, { inert: true })).join("\n"),
    asJson(files),
    asSarif(files),
    asGithub(files).join("\n"),
  ];
  for (const text of all) expect(text).not.toContain("s3cret");
});

test("text: a caret stands below the fault, behind what a copied prompt takes", () => {
  const lines = reportText(checked("hostname a\na(config)#ip addres foo"), { inert: true });
  const caret = lines.findIndex((line) => line.includes("^"));
  const column = lines[caret]?.indexOf("^") ?? 0;
  expect(lines[caret - 1]?.slice(column)).toMatch(/^(addres|foo)/);
});

test("JSON keeps to its schema", () => {
  const schema: unknown = JSON.parse(readFileSync(new URL("../../docs/check.schema.json", import.meta.url), "utf8"));
  const report: unknown = JSON.parse(asJson([checked(FAULTY), checked("crypto map M 10 ipsec-isakmp\n")]));
  expect(faults(schema, report)).toEqual([]);
  expect(faults(schema, { files: [{ file: "x", dialect: "nxos", lines: [], warnings: [] }] })).not.toEqual([]);
});

test("SARIF: every result points at its rule and at a line of the file", () => {
  const report = JSON.parse(asSarif([checked(FAULTY)])) as {
    readonly version: string;
    readonly runs: readonly [
      {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
          readonly locations: readonly [
            {
              readonly physicalLocation: {
                readonly artifactLocation: { readonly uri: string };
                readonly region?: object;
              };
            },
          ];
        }[];
      },
    ];
  };
  const [{ tool, results }] = report.runs;
  expect(report.version).toBe("2.1.0");
  expect(results.length).toBeGreaterThan(5);
  for (const { ruleId, ruleIndex, level, locations } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(["error", "warning", "note"]).toContain(level);
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe("a%20b.cfg");
  }
});

test("SARIF keeps to the schema, with all that code scanning wants; a result is known again where lines moved", () => {
  const schema: unknown = JSON.parse(readFileSync(new URL("../support/sarif.schema.json", import.meta.url), "utf8"));
  // A pool that is nowhere is a finding without a column, a map applied nowhere one without a line of its own.
  const more = "crypto map M 10 ipsec-isakmp\ninterface Virtual-Template1\n peer default ip address pool NONE";
  const text = asSarif([checked(`${FAULTY}\n${more}`)]);
  expect(faults(schema, JSON.parse(text))).toEqual([]);
  expect(faults(schema, JSON.parse(text.replaceAll("startLine", "line")))).not.toEqual([]);
  const prints = (sarif: string): string[] =>
    Array.from(sarif.matchAll(/"primaryLocationLineHash": "(.*)"/g), ([, print = ""]) => print);
  expect(new Set(prints(text)).size).toBe(prints(text).length);
  expect(prints(asSarif([checked(`!\n!\n${FAULTY}\n${more}`)]))).toEqual(prints(text));
  expect(prints(asSarif([checked("bogus\nbogus")]))[1]).toMatch(/^[0-9a-f]{16}:2$/);
});

test("whoever reads only the first lines of a report ends it without noise", () => {
  const file = saved("long.cfg", "service tcp-keepalives-in\n".repeat(20_000));
  const script = `"$0" "$1" check --dialect ios "$2" | head -1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", script, process.execPath, LNSH, file], { encoding: "utf8" });
  expect({ lines: stdout.split("\n").length, stderr }).toEqual({ lines: 2, stderr: "" });
});

test("GitHub: one command a line, with what would break it escaped", () => {
  const commands = asGithub([checked(FAULTY, "a:b,c.cfg")]);
  expect(commands.filter((line) => !/^::(error|warning|notice) file=a%3Ab%2Cc.cfg,.*::[^\r\n]+$/.test(line))).toEqual(
    [],
  );
  expect(commands).toContainEqual(expect.stringMatching(/^::error file=.*,line=6,col=11,title=wrong::/));
});

test("text is read as it was saved: UTF-8 with its mark, UTF-16, Latin-1", () => {
  const text = "description Zürich\r\n";
  const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
  for (const bytes of [new TextEncoder().encode(`\ufeff${text}`), utf16, latin]) expect(decodeText(bytes)).toBe(text);
  // One old line among new ones is read by itself.
  const utf8 = new TextEncoder().encode("\ufeffdescription ü\n");
  const mixed = new Uint8Array([...utf8, ...Buffer.from("description caf\u00e9\n", "latin1"), ...utf8.subarray(3)]);
  expect(decodeText(mixed)).toBe("description ü\ndescription café\ndescription ü\n");
});

test("the exit code tells: taken, refused, unreadable, warned of", () => {
  const good = saved("good.cfg", "hostname a\r\ninterface Loopback0\r\n ip address 192.0.2.1 255.255.255.255\r\n");
  const bad = saved("bad.cfg", "hostname a\ninterface Loopback0\n ip adress 192.0.2.1\n");
  const warned = saved("warned.cfg", "vpdn enable\nvpdn-group 1\n");
  const code = (...args: readonly string[]) => lnsh(["check", ...args]).status;
  expect([code(good), code(bad), code(warned), code("--strict", warned), code("--strict", good)]).toEqual([
    0, 1, 0, 3, 0,
  ]);
  expect([code(directory), code(join(directory, "none.cfg")), code(), code("--format", "xml", good)]).toEqual([
    2, 2, 2, 2,
  ]);
  expect(lnsh(["check", directory]).stderr).toContain("it is a directory");
});

test("a file too large for a configuration is not read", () => {
  const image = saved("image.cfg", "");
  truncateSync(image, 1_000_000_000);
  expect(() => readText(image)).toThrow("image.cfg: it is too large for a configuration.");
});

test("the standard input is a file like others, and one that cannot be read does not hide the next", () => {
  const { stdout, status } = lnsh(
    ["check", join(directory, "none.cfg"), "-", "--dialect", "ios", "--format", "json"],
    "hostname a\n",
  );
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ files: [{ file: "-", dialect: "ios", summary: { active: 1 } }] });
});
