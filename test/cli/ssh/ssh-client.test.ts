import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { CannotStart } from "../../../src/cli/cannot-start.ts";
import { openConnection } from "../../../src/cli/ssh/connect.ts";
import { fingerprintOf, HostKeys } from "../../../src/cli/ssh/host-keys.ts";
import { connectSsh, connectTerminal, type SshClientOptions } from "../../../src/cli/ssh/ssh-client.ts";
import { access, accessUser, SshBench } from "../../support/ssh.ts";

const directory = mkdtempSync(join(tmpdir(), "lnsh-client-"));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;
const file = (text?: string): string => {
  files += 1;
  const path = join(directory, String(files));
  if (text !== undefined) writeFileSync(path, text);
  return path;
};

const target = ({ port }: SshBench, user = "admin") => ({ user, host: "127.0.0.1", port });
const welcome = (changes: Partial<SshClientOptions> = {}): SshClientOptions => ({
  knownHosts: file(),
  acceptNewHostKey: true,
  password: "secret",
  ...changes,
});

test("a new host is refused, accepted when told so, known the next time, and refused with another key", async () => {
  await using bench = await new SshBench().start();
  const known = file("# a comment without a line end");
  const strict = { knownHosts: known, password: "secret" };
  await expect(connectSsh(target(bench), strict)).rejects.toThrow(/SHA256:.* is not in .*--accept-new-host-key/);
  (await connectSsh(target(bench), { ...strict, acceptNewHostKey: true })).end();
  expect(readFileSync(known, "utf8")).toMatch(/^# a comment[^\n]*\n\[127\.0\.0\.1\]:\d+ ssh-ed25519 AAAA\S+\n$/);
  (await connectSsh(target(bench), strict)).end();
  const other = new HostKeys(undefined).generate("ed25519").publicKey;
  const changed = { ...strict, knownHosts: file(`[127.0.0.1]:${bench.port} ${other}\n`), acceptNewHostKey: true };
  await expect(connectSsh(target(bench), changed)).rejects.toThrow(/knows it by another/);
});

test("a host that is known by its RSA key alone is asked for that one", async () => {
  await using bench = await new SshBench().start();
  const rsa = new HostKeys(undefined).generate("rsa").publicKey;
  const options = { knownHosts: file(`[127.0.0.1]:${bench.port} ${rsa}\n`), password: "secret" };
  const failure = await connectSsh(target(bench), options).catch((error: Error) => error.message);
  const seen = file();
  (await connectSsh(target(bench), welcome({ knownHosts: seen }))).end();
  const ed25519 = Buffer.from(readFileSync(seen, "utf8").split(" ")[2] ?? "", "base64");
  expect(failure).toMatch(/its host key is SHA256:.*knows it by another/);
  expect(failure).not.toContain(fingerprintOf(ed25519));
});

test("a wrong password, nobody there, and a key that is none are told in one line", async () => {
  await using bench = await new SshBench().start();
  const wrong = connectSsh(target(bench), welcome({ password: "wrong" }));
  await expect(wrong).rejects.toThrow(CannotStart);
  await expect(wrong).rejects.toThrow(/admin was not let in; a password comes from LNSH_PASSWORD/);
  await expect(connectSsh({ ...target(bench), port: 1 }, welcome())).rejects.toThrow(
    "127.0.0.1]:1: nobody listens there.",
  );
  await expect(connectSsh(target(bench), welcome({ identity: file("no key") }))).rejects.toThrow("not a private key");
});

test("a password is asked for where none was given, and asked again when it was wrong", async () => {
  await using bench = await new SshBench().start();
  const typed = ["wrong", "secret"];
  const prompts: string[] = [];
  const askPassword = async (prompt: string): Promise<string> => {
    prompts.push(prompt);
    return typed.shift() ?? "";
  };
  const client = await connectSsh(target(bench), { knownHosts: file(), acceptNewHostKey: true, askPassword });
  client.end();
  expect(prompts).toEqual(Array.from({ length: 2 }, () => `admin@[127.0.0.1]:${bench.port}'s password: `));
});

test("a terminal is asked for the password without showing it; the environment's comes first", async () => {
  await using bench = await new SshBench().start();
  const options = { connect: target(bench), knownHosts: file(), acceptNewHostKey: true };
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  let asked = "";
  const prompts = new PassThrough().on("data", (octets: Buffer) => {
    asked += octets.toString();
  });
  input.write("wrong\x15secrex\x7ft\rshow clock\r");
  (await openConnection(options, { env: {}, input, prompts })).end();
  expect(asked).toBe(`admin@[127.0.0.1]:${bench.port}'s password: \r\n`);
  expect(raw).toEqual([true, false]);
  expect(String(input.read())).toBe("show clock\r");
  const env = { LNSH_PASSWORD: "wrong" };
  await expect(openConnection(options, { env, input, prompts })).rejects.toThrow("was not let in");
  input.write("\x03");
  await expect(openConnection(options, { env: {}, input, prompts })).rejects.toThrow("no password was given");
});

test("a key file lets in", async () => {
  const { privateKey, publicKey } = new HostKeys(undefined).generate("ed25519");
  const users = new Map([["robot", accessUser("robot", "none of it", 15, [publicKey])]]);
  await using bench = await new SshBench(access({ users })).start();
  const identity = file(privateKey);
  (await connectSsh(target(bench, "robot"), { knownHosts: file(), acceptNewHostKey: true, identity })).end();
});

test("a terminal is passed through key by key, takes its size along, and is left as it was", async () => {
  await using bench = await new SshBench().start();
  const client = await connectSsh(target(bench), welcome());
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
  const output = Object.assign(new PassThrough(), { columns: 97, rows: 0 });
  let shown = "";
  output.on("data", (octets: Buffer) => {
    shown += octets.toString();
  });
  const over = connectTerminal(client, { input, output, first: "show privilege" });
  input.write("show terminal | include Width\rexit\r");
  expect(await over).toBe(0);
  client.end();
  expect(shown).toContain("Current privilege level is 15\r\n");
  expect(shown).toMatch(/Width: 97/);
  expect(raw).toEqual([true, false]);
});
