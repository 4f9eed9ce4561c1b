import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DeviceDirectory } from "../../src/cli/device-directory.ts";
import { DEVICE_BYTES, DeviceFileError, MemoryFiles } from "../../src/modes/common/device-files.ts";
import { seededRandom } from "../support/random.ts";
import { numberedText } from "./numbered-text.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lnsh-state-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Kills the writer some milliseconds after it first said something; the number it said last. */
async function writeAndKill(first: number, afterMillis: number): Promise<number> {
  const child = spawn(process.execPath, [
    fileURLToPath(new URL("endless-writer.ts", import.meta.url)),
    root,
    `${first}`,
  ]);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (said === "") setTimeout(() => child.kill("SIGKILL"), afterMillis);
    said += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
}

test.runIf(process.platform === "linux")(
  "a directory that no file system makes is refused, and not tried for ever",
  () => {
    expect(() => new DeviceDirectory("/proc/lnsh/state")).toThrow(DeviceFileError);
  },
);

test("a directory is made with those above it", () => {
  const place = join(root, "a", "b");
  new DeviceDirectory(place).write("flash", "one", "1");
  expect(new DeviceDirectory(place).read("flash", "one")).toBe("1");
});

test("a killed writer leaves the text it had written or the next one, whole", async () => {
  const random = seededRandom(7);
  let number = 0;
  for (let round = 0; round < 12; round += 1) {
    const said = await writeAndKill(number, (random.bytes(1)[0] ?? 0) % 40);
    const kept = readFileSync(join(root, "nvram", "startup-config"), "utf8");
    const found = Number(kept.split(" ", 1)[0]);
    expect(kept).toBe(numberedText(found));
    // A text may be down before its number is said.
    expect([said, said + 1]).toContain(found);
    number = found + 1;
    new DeviceDirectory(root);
    expect(readdirSync(join(root, "nvram"))).toEqual(["startup-config"]);
  }
});

test("files are the owner's alone, and listed with their size", () => {
  const files = new DeviceDirectory(join(root, "deep", "state"));
  files.write("flash", "b.cfg", "zwei\n");
  files.write("flash", "a.cfg", "ä\n");
  expect(files.list("flash").map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ["a.cfg", 3],
    ["b.cfg", 5],
  ]);
  expect(statSync(join(root, "deep", "state", "flash", "a.cfg")).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, "deep", "state", "flash")).mode & 0o777).toBe(0o700);
  expect(files.list("nvram")).toEqual([]);
});

test.each([
  ["a directory", () => new DeviceDirectory(root)],
  ["memory", () => new MemoryFiles(() => new Date(0))],
])("%s reads what was written, replaces it, removes it once, and keeps to its size", (_name, make) => {
  const files = make();
  files.write("nvram", "startup-config", "one");
  files.write("nvram", "startup-config", "two");
  expect(files.read("nvram", "startup-config")).toBe("two");
  expect(files.read("flash", "startup-config")).toBeUndefined();
  expect(() => files.write("nvram", "big", "x".repeat(DEVICE_BYTES.nvram))).toThrow(DeviceFileError);
  expect(files.read("nvram", "big")).toBeUndefined();
  expect(files.space("nvram")).toEqual({ totalBytes: DEVICE_BYTES.nvram, freeBytes: DEVICE_BYTES.nvram - 3 });
  expect([files.remove("nvram", "startup-config"), files.remove("nvram", "startup-config")]).toEqual([true, false]);
  for (const name of ["../out", "a/b", ".hidden", "", "a b", "x".repeat(200), "a\0b", "-rf"]) {
    expect(() => files.write("flash", name, "x"), name).toThrow(DeviceFileError);
    expect(files.read("flash", name), name).toBeUndefined();
    expect(files.remove("flash", name), name).toBe(false);
  }
});

test("a link out of the directory is no file of the device", () => {
  const files = new DeviceDirectory(root);
  writeFileSync(join(root, "secret"), "secret");
  symlinkSync(join(root, "secret"), join(root, "flash", "link"));
  expect(files.list("flash")).toEqual([]);
  expect(files.read("flash", "link")).toBeUndefined();
});

test("a place that cannot be used is said in one line", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => new DeviceDirectory(join(root, "file", "state"))).toThrow(/not a directory/);
});

test("a note of the device outlives it", () => {
  new DeviceDirectory(root).setNote("dialect", "junose");
  expect(new DeviceDirectory(root).note("dialect")).toBe("junose");
  expect(new DeviceDirectory(root).note("colour")).toBeUndefined();
});

test.each(["directory", "memory"] as const)("a file in a %s holds octets that are no text", (kind) => {
  const files = kind === "directory" ? new DeviceDirectory(root) : new MemoryFiles(() => new Date(0));
  const octets = Uint8Array.from({ length: 256 }, (_, index) => index);
  files.write("flash", "a.bin", octets);
  expect(Uint8Array.from(files.readBytes("flash", "a.bin") ?? [])).toEqual(octets);
  expect(files.list("flash")[0]?.sizeBytes).toBe(256);
});
