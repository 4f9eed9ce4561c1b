import { expect, test } from "vitest";
import { DeviceTree, devicePath, pathText } from "../../../src/cli/ssh/device-paths.ts";
import { type Scp, ScpSink, ScpSource, scpCommand } from "../../../src/cli/ssh/scp.ts";
import { MemoryFiles } from "../../../src/modes/common/device-files.ts";
import { seededRandom } from "../../support/random.ts";

function device() {
  const files = new MemoryFiles(() => new Date(0));
  const pasted: string[] = [];
  const running = {
    text: () => "hostname lns\n",
    merge: (text: string) => {
      pasted.push(text);
      return text.includes("bad") ? { ok: false, report: "line 1: bad was refused" } : { ok: true, report: "" };
    },
  };
  return { files, pasted, tree: new DeviceTree(files, running, () => new Date(0)) };
}

/** Feeds octets in pieces of `size`; all that was answered, and the status. */
function talk(scp: Scp, input: string, size: number): { answered: string; status: number } {
  const octets = Buffer.from(input);
  let { reply, status } = scp.start();
  let answered = reply.toString();
  for (let at = 0; at < octets.length && status === undefined; at += size) {
    ({ reply, status } = scp.feed(octets.subarray(at, at + size)));
    answered += reply.toString();
  }
  return { answered, status: status ?? scp.end() };
}

test("an upload is the same however it is cut", () => {
  for (let size = 1; size <= 40; size += 1) {
    const { files, tree } = device();
    const input = "T1 0 1 0\nC0644 5 a.cfg\nhello\0C0644 0 b.cfg\n\0";
    expect(talk(new ScpSink(tree, "flash:"), input, size)).toEqual({ answered: "\0\0\0\0\0\0", status: 0 });
    expect([files.read("flash", "a.cfg"), files.read("flash", "b.cfg")]).toEqual(["hello", ""]);
  }
});

test("an upload to the running configuration is pasted, and refused lines are the answer", () => {
  const { pasted, tree } = device();
  expect(talk(new ScpSink(tree, "running-config"), "C0644 4 x\ngood\0", 3)).toEqual({ answered: "\0\0\0", status: 0 });
  expect(talk(new ScpSink(tree, "running-config"), "C0644 4 x\nbad!\0", 3)).toEqual({
    answered: "\0\0\x01scp: line 1: bad was refused\n",
    status: 1,
  });
  expect(pasted).toEqual(["good", "bad!"]);
});

test("what cannot be taken is said: directories, sizes, places, nonsense, an early end", () => {
  const { tree } = device();
  const refused = (input: string, target = "flash:") => talk(new ScpSink(tree, target), input, 1000);
  expect(refused("D0755 0 dir\n").answered).toContain("directories are not taken");
  expect(refused("C0644 99999999999 x\n")).toMatchObject({ status: 1 });
  expect(refused("C0644 1 x\nx\0", "flash:/a/b").answered).toContain("no such file or directory");
  expect(refused("hello\n").answered).toContain("protocol error");
  expect(refused(`${"x".repeat(5000)}`)).toMatchObject({ status: 1 });
  expect(refused("C0644 10 x\nabc")).toMatchObject({ status: 1 });
});

test("octets that are no text go through as they are", () => {
  const { files, tree } = device();
  const octets = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const sink = new ScpSink(tree, "flash:");
  sink.start();
  sink.feed(Buffer.concat([Buffer.from("C0644 256 a.bin\n"), octets, Buffer.from([0])]));
  expect(files.readBytes("flash", "a.bin")).toEqual(new Uint8Array(octets));
  const source = new ScpSource(tree, "flash:a.bin");
  source.start();
  source.feed(Buffer.from([0]));
  expect(source.feed(Buffer.from([0])).reply.subarray(0, 256)).toEqual(octets);
});

test("a download goes step by step at the asking of the peer", () => {
  const { files, tree } = device();
  files.write("flash", "a.cfg", "hello");
  expect(talk(new ScpSource(tree, "flash:a.cfg"), "\0\0\0", 1)).toEqual({
    answered: "C0600 5 a.cfg\nhello\0",
    status: 0,
  });
  expect(talk(new ScpSource(tree, "running-config"), "\0\0\0", 3).answered).toContain("hostname lns\n");
  expect(talk(new ScpSource(tree, "flash:none"), "", 1)).toEqual({
    answered: "\x01scp: flash:none: no such file\n",
    status: 1,
  });
  expect(talk(new ScpSource(tree, "flash:a.cfg"), "\0\x01no\n", 1).status).toBe(1);
});

test("random octets never throw and never keep more than was promised", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 500; round += 1) {
    const { tree } = device();
    const sink = new ScpSink(tree, "flash:");
    for (let chunk = 0; chunk < 5; chunk += 1) if (sink.feed(Buffer.from(random.bytes(60))).status !== undefined) break;
    sink.end();
  }
});

test("the command of a copy is told from others", () => {
  expect(scpCommand("scp -v -t flash:a.cfg")).toEqual({ direction: "to", path: "flash:a.cfg" });
  expect(scpCommand("scp -pf -- 'running-config'")).toEqual({ direction: "from", path: "running-config" });
  expect(scpCommand("scp a b")).toBeUndefined();
  expect(scpCommand("show scp -t x")).toBeUndefined();
});

test("every way to name a file means the same file, and none leads out of the device", () => {
  const same = (text: string) => {
    const path = devicePath(text);
    return path === undefined ? undefined : pathText(path);
  };
  expect(["flash:a", "flash:/a", "/flash/a", "flash/a", "~/flash/a"].map(same)).toEqual(Array(5).fill("/flash/a"));
  expect(["nvram:startup-config", "startup-config", "/startup-config"].map(same)).toEqual(
    Array(3).fill("/startup-config"),
  );
  expect(["disk0:a.cnf", "flash:a.cnf"].map(same)).toEqual(Array(2).fill("/flash/a.cnf"));
  expect(["running-configuration", "/running-config"].map(same)).toEqual(Array(2).fill("/running-config"));
  expect([".", "/", ""].map(same)).toEqual(["/", "/", "/"]);
  expect(["../x", "/flash/../x", "/flash/..", "/etc/passwd", "flash:/a/b"].map(same)).toEqual(Array(5).fill(undefined));
});
