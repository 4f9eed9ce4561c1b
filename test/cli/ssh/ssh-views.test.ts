import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { HostKeys } from "../../../src/cli/ssh/host-keys.ts";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { access, SshBench } from "../../support/ssh.ts";

test("show ip ssh and show ssh tell the server's own state", async () => {
  await using bench = await new SshBench().start();
  const { out } = await bench.run("show ip ssh\nshow ssh");
  expect(out).toContain("SSH Enabled - version 2.0\nAuthentication timeout: 60 secs; Authentication retries: 3\n");
  expect(out).toContain(`Listening on 127.0.0.1 port ${bench.port}\n`);
  expect(out).toMatch(/^Host key ed25519 256 bits SHA256:\S{43}$/m);
  expect(out).toMatch(/^0 {10}2\.0 {5}IN {3}aes\S+ +\S+ +Session started +admin$/m);
  expect(out).toMatch(/^0 {10}2\.0 {5}OUT {2}aes\S+ +\S+ +Session started +admin$/m);
});

test("without a server both say so", () => {
  const bench = new SshBench();
  bench.gateway.ssh = undefined;
  const { shell } = bench.gateway.login("con 0", {
    length: 0,
    width: 80,
    monitor: false,
    historySize: 20,
    history: [],
  });
  expect(shell.execute("show ip ssh").lines).toEqual([
    "SSH Disabled - version 2.0",
    "% This process serves no SSH: it was started without --ssh",
  ]);
  expect(shell.execute("show ssh").lines).toEqual(["%No SSHv2 server connections running."]);
  expect(shell.execute("crypto key generate rsa modulus 2048")).toMatchObject({ ok: false });
  bench.gateway.abandon();
});

test("an RSA key that is removed lets nobody in until there is another, by which the device is then known", async () => {
  await using bench = await new SshBench(access(), new HostKeys(undefined)).start();
  const fingerprint = async () => {
    const { out, err } = await bench.run("show crypto key mypubkey rsa");
    expect(err).toBe("");
    return /^ Fingerprint: (\S+)$/m.exec(out)?.[1];
  };
  const first = await fingerprint();
  const { shell } = bench.gateway.login("con 0", {
    length: 0,
    width: 80,
    monitor: false,
    historySize: 20,
    history: [],
  });
  const { question } = shell.execute("crypto key zeroize rsa");
  if (question === undefined) throw new Error("nothing was asked");
  shell.answer(question, "yes");
  await expect(bench.run("show privilege")).rejects.toThrow();
  expect(shell.execute("show ip ssh").lines.slice(0, 2)).toEqual([
    "SSH Disabled - version 2.0",
    "% there is no RSA key: crypto key generate rsa makes one",
  ]);
  shell.execute("configure terminal");
  expect(shell.execute("crypto key generate rsa modulus 1024").ok).toBe(false);
  expect(shell.execute("crypto key generate rsa general-keys modulus 2048").lines.at(-1)).toBe(
    "% Generating 2048 bit RSA keys ...[OK]",
  );
  expect(await fingerprint()).not.toBe(first);
});

test("the banner is said before the login", async () => {
  await using bench = await new SshBench(access({ banner: "Keep out.\nSecond line" })).start();
  const client = new ssh2.Client();
  const banner = await new Promise((resolve, reject) => {
    client.on("banner", resolve);
    client.on("error", reject);
    client.connect({ host: "127.0.0.1", port: bench.port, username: "admin", password: "secret", readyTimeout: 0 });
  });
  client.end();
  expect(banner).toBe("Keep out.\r\nSecond line\r\n");
});

test("the log has the words of the box", () => {
  const fields = { from: "192.0.2.9", user: "admin", line: 3, cipher: "aes128-ctr", hmac: "hmac-sha2-256" };
  const lineOf = (text: string, more = {}) =>
    ios.logLine({ category: "ssh", severity: "info", text, fields: { ...fields, ...more } }, new Date(0));
  const session = "SSH2 Session from 192.0.2.9 (tty = 3)";
  const using = "using crypto cipher 'aes128-ctr', hmac 'hmac-sha2-256'";
  expect(lineOf("SSH login")).toContain(
    `%SSH-5-SSH2_USERAUTH: User 'admin' authentication for ${session} ${using} Succeeded`,
  );
  expect(lineOf("SSH login failed", { reason: "name or password is wrong" })).toContain(
    `${using} Failed: name or password is wrong`,
  );
  expect(lineOf("SSH connection closed")).toContain(`%SSH-5-SSH2_CLOSE: ${session} for user 'admin' ${using} closed`);
});

test("guessing is slowed by the clock of the server, and every guess is in the log", async () => {
  await using bench = await new SshBench(access({ ssh: { enabled: true, timeoutSeconds: 60, retries: 10 } })).start();
  const guess = () => expect(bench.run("show privilege", { password: "guess" })).rejects.toThrow(/authentication/);
  for (let free = 0; free < 3; free += 1) await guess();
  const fourth = guess();
  await expect.poll(() => bench.clock.waits).toContain(1000);
  expect(bench.events.filter((event) => event.startsWith("SSH login failed"))).toHaveLength(3);
  bench.clock.advance(1000);
  await fourth;
  expect(bench.events.filter((event) => event.startsWith("SSH login failed"))).toHaveLength(4);
  // Ten minutes later nothing of it is held against the address.
  bench.clock.advance(600_000);
  expect((await bench.run("show privilege")).status).toBe(0);
});
