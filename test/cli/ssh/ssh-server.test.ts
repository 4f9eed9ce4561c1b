import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { HostKeys } from "../../../src/cli/ssh/host-keys.ts";
import { access, accessUser, SshBench, vtyLines } from "../../support/ssh.ts";

test("commands go to standard output without echo or prompt, and the status is 0", async () => {
  await using bench = await new SshBench().start();
  expect(await bench.run("show privilege\nshow running-config | include ^hostname")).toEqual({
    out: "Current privilege level is 15\nhostname 72_LNS\n",
    err: "",
    status: 0,
  });
});

test("a refused command goes to standard error, ends the row, and the status is 1", async () => {
  await using bench = await new SshBench().start();
  const talked = await bench.run("show nonsense\nshow privilege");
  expect(talked).toMatchObject({ out: "", status: 1 });
  expect(talked.err).toContain("% Invalid input detected at '^' marker.");
});

test("a user has the level that was given; configuration needs the highest", async () => {
  await using bench = await new SshBench().start();
  const guest = { username: "guest", password: "guest" };
  expect((await bench.run("show privilege", guest)).out).toBe("Current privilege level is 1\n");
  expect((await bench.run("configure terminal", guest)).status).toBe(1);
  expect((await bench.run("configure terminal\nhostname other\nend")).status).toBe(0);
  expect((await bench.run("show running-config | include ^hostname")).out).toBe("hostname other\n");
});

test.each([true, false])("a whole file on standard input is run to its end (terminal: %s)", async (pty) => {
  await using bench = await new SshBench().start();
  const file = "configure terminal\nhostname piped\nend\nshow nonsense\nshow privilege";
  const { out, status } = await bench.shell([file], pty);
  expect(out).toContain("piped#show privilege\r\nCurrent privilege level is 15\r\n");
  expect(status).toBe(1);
  const good = await bench.shell(["show privilege\n"], pty);
  expect(good.status).toBe(0);
});

test.each([true, false])("input cut at every octet gives the same output (terminal: %s)", async (pty) => {
  await using bench = await new SshBench().start();
  const file = "show privilege\rshow users ?\x15exit\r";
  const whole = await bench.shell([file], pty);
  expect(whole.out).toContain("show privilege\r\n");
  const cut = await bench.shell([...file], pty);
  expect(cut).toEqual(whole);
});

test("a public key lets in, a wrong one does not, and passwords are refused without saying why", async () => {
  const mine = new HostKeys(undefined).generate("ed25519");
  const other = new HostKeys(undefined).generate("ed25519");
  const users = new Map([["admin", accessUser("admin", "secret", 15, [mine.publicKey])]]);
  await using bench = await new SshBench(access({ users })).start();
  const withKey = (privateKey: string) => ({ privateKey, password: undefined as never });
  expect((await bench.run("show privilege", withKey(mine.privateKey))).status).toBe(0);
  await expect(bench.run("show privilege", withKey(other.privateKey))).rejects.toThrow(/authentication/);
  await expect(bench.run("show privilege", { password: "guess" })).rejects.toThrow(/authentication/);
  await expect(bench.run("show privilege", { username: "nobody", password: "guess" })).rejects.toThrow(
    /authentication/,
  );
  expect(bench.events.filter((event) => event.startsWith("SSH login failed"))).toEqual([
    expect.stringMatching(/"from":"127.0.0.1","user":"admin",.*"reason":"name or password is wrong"/),
    expect.stringMatching(/"from":"127.0.0.1","user":"nobody",.*"reason":"name or password is wrong"/),
  ]);
});

test("keyboard-interactive asks for the password", async () => {
  await using bench = await new SshBench().start();
  const client = new ssh2.Client();
  const status = await new Promise((resolve, reject) => {
    client.on("keyboard-interactive", (_name, _instructions, _lang, prompts, finish) => {
      expect(prompts).toEqual([{ prompt: "Password: ", echo: false }]);
      finish(["secret"]);
    });
    client.on("ready", () => resolve("in"));
    client.on("error", reject);
    client.connect({ host: "127.0.0.1", port: bench.port, username: "admin", tryKeyboard: true, readyTimeout: 0 });
  });
  expect(status).toBe("in");
  client.end();
});

test("who may not come in meets a closed door, and the log says why", async () => {
  await using bench = await new SshBench().start();
  const refused = async (spec: typeof bench.spec) => {
    bench.spec = spec;
    await expect(bench.connect()).rejects.toThrow();
    return bench.events.at(-1);
  };
  expect(await refused(access({ ssh: { enabled: false, reason: "no users" } }))).toContain("no users");
  expect(await refused(access({ lines: vtyLines(5, { acceptsSsh: false }) }))).toContain("no free line");
  expect(await refused(access({ lines: [] }))).toContain("no free line");
});

test("a line takes one session at a time, and is free again when it ends", async () => {
  await using bench = await new SshBench(access({ lines: vtyLines(1) })).start();
  const first = await bench.connect();
  const channel = await new Promise<ssh2.ClientChannel>((resolve, reject) =>
    first.shell({}, (error, opened) => (error === undefined ? resolve(opened) : reject(error))),
  );
  await expect(bench.connect()).rejects.toThrow();
  const closed = new Promise((resolve) => channel.on("close", resolve));
  channel.resume();
  channel.end("exit\r");
  await closed;
  expect((await bench.run("show privilege")).status).toBe(0);
});

test("a line is free again when its connection breaks off, whatever ran on it", async () => {
  await using bench = await new SshBench(access({ lines: vtyLines(1) })).start();
  const uses: readonly ((client: ssh2.Client, opened: () => void) => void)[] = [
    (client, opened) => client.shell(false, opened),
    (client, opened) => client.exec("scp -t running-config", opened),
    (client, opened) => client.sftp(opened),
    (client, opened) => client.subsys("none such", opened),
  ];
  for (const use of uses) {
    const client = await bench.connect();
    await new Promise<void>((resolve) => use(client, () => resolve()));
    client.destroy();
    await expect.poll(async () => (await bench.run("show privilege")).status).toBe(0);
  }
});

test("files go both ways over SFTP, and the answer to a bad configuration says so", async () => {
  await using bench = await new SshBench().start();
  const client = await bench.connect();
  const sftp = await new Promise<ssh2.SFTPWrapper>((resolve, reject) =>
    client.sftp((error, opened) => (error === undefined ? resolve(opened) : reject(error))),
  );
  const put = (path: string, text: string) =>
    new Promise<string>((resolve) =>
      sftp.writeFile(path, text, (error) => resolve(error == null ? "" : error.message)),
    );
  const get = (path: string) =>
    new Promise<string>((resolve, reject) =>
      sftp.readFile(path, (error, octets) => (error == null ? resolve(octets.toString()) : reject(error))),
    );
  expect(await put("/flash/a.cfg", "x".repeat(100_000))).toBe("");
  expect(await get("flash:a.cfg")).toBe("x".repeat(100_000));
  expect(await put("running-config", "hostname uploaded\n")).toBe("");
  expect(await get("/running-config")).toContain("hostname uploaded");
  expect(await put("running-config", "nonsense\n")).toBe("1 refused");
  const names = await new Promise<string[]>((resolve, reject) =>
    sftp.readdir("/flash", (error, list) =>
      error == null ? resolve(list.map(({ filename }) => filename)) : reject(error),
    ),
  );
  expect(names).toEqual(["a.cfg"]);
});

test("files are for those who have the level of copying, by SCP and by SFTP", async () => {
  await using bench = await new SshBench().start();
  const read = async (username: string): Promise<string> => {
    const client = await bench.connect({ username, password: username === "admin" ? "secret" : username });
    return new Promise((resolve, reject) =>
      client.sftp((error, sftp) => {
        if (error !== undefined) reject(error);
        sftp.readFile("running-config", (failed, octets) =>
          resolve(failed == null ? octets.toString() : failed.message),
        );
      }),
    );
  };
  const copy = async (username: string) =>
    (await bench.run("scp -f running-config", { username, password: username })).out;
  expect(await read("admin")).toContain("hostname 72_LNS");
  expect(await read("guest")).toBe("privilege level 15 is needed");
  expect(await copy("guest")).toContain("privilege level 15 is needed");
  bench.spec = access({ fileLevel: 1 });
  expect(await read("guest")).toContain("hostname 72_LNS");
});

test("one who floods leaves the others their turn", async () => {
  await using bench = await new SshBench().start();
  const flood = await bench.connect();
  const channel = await new Promise<ssh2.ClientChannel>((resolve, reject) =>
    flood.shell(false, (error, opened) => (error === undefined ? resolve(opened) : reject(error))),
  );
  const some = "show running-config\n".repeat(1000);
  let isFlooding = true;
  const refill = (): void => {
    if (isFlooding) channel.write(some, refill);
  };
  refill();
  const answer = () => new Promise((resolve) => channel.once("data", resolve));
  await answer();
  // The flood goes on until the other's whole login is done.
  expect((await bench.run("show privilege")).status).toBe(0);
  await answer();
  isFlooding = false;
});

test("a long row of commands leaves the others their turn, and is done to its end", async () => {
  await using bench = await new SshBench().start();
  const [flood, other] = [await bench.connect(), await bench.connect()];
  const commands = 4000;
  let answers = 0;
  const status = new Promise<number>((resolve, reject) => {
    flood.exec("sh run\n".repeat(commands), (error, channel) => {
      if (error !== undefined) return reject(error);
      channel.on("data", (octets: Buffer) => {
        answers += octets.toString("latin1").split("Building configuration").length - 1;
      });
      channel.on("exit", resolve);
    });
  });
  await expect.poll(() => answers).toBeGreaterThan(0);
  await new Promise((resolve, reject) => {
    other.exec("show privilege", (error, channel) =>
      error === undefined ? channel.on("exit", resolve) : reject(error),
    );
  });
  expect(answers).toBeLessThan(commands);
  expect(await status).toBe(0);
  await expect.poll(() => answers).toBe(commands);
});

test("one who does not read keeps nobody waiting", async () => {
  await using bench = await new SshBench().start();
  const deaf = await bench.connect();
  const channel = await new Promise<ssh2.ClientChannel>((resolve, reject) =>
    deaf.shell(false, (error, opened) => (error === undefined ? resolve(opened) : reject(error))),
  );
  channel.pause();
  channel.write("show running-config\n".repeat(3000));
  expect((await bench.run("show privilege")).status).toBe(0);
});
