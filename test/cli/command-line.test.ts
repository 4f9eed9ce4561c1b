import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lnsh } from "../support/lnsh.ts";

const CONFIG = fileURLToPath(new URL("../../fixtures/configs/ios-nat-demux.cfg", import.meta.url));

test("exec prints what the commands print and ends with 0", () => {
  const run = lnsh([
    "exec",
    "--config",
    CONFIG,
    "-c",
    "show running-config | include ^hostname",
    "-c",
    "show privilege",
  ]);
  expect(run).toMatchObject({ status: 0, stdout: "hostname 72_LNS\nCurrent privilege level is 15\n" });
});

test("a refused command goes to standard error and ends with 1", () => {
  const run = lnsh(["exec", "--config", CONFIG, "-c", "show nonsense"]);
  expect(run.status).toBe(1);
  expect(run.stdout).toBe("");
  expect(run.stderr).toContain("% Invalid input detected at '^' marker.");
});

test("a script runs until a command is refused, and as JSON it has what each command came to", () => {
  const commands = ["show privilege", "show nonsense", "show privilege | include 15"];
  const piped = lnsh(["exec", "--config", CONFIG], commands.join("\n"));
  expect(piped).toMatchObject({ status: 1, stdout: "Current privilege level is 15\n" });
  const all = lnsh(["exec", "--config", CONFIG, "--keep-going", "--json", "-f", "-"], commands.join("\n"));
  expect(all.status).toBe(1);
  expect(JSON.parse(all.stdout)).toMatchObject({
    ok: false,
    commands: [
      { command: "show privilege", ok: true, model: 15 },
      { command: "show nonsense", ok: false },
      { ok: true, output: "Current privilege level is 15\n" },
    ],
  });
});

test("a gateway that serves while it waits ends with 4 when what it waits for does not come, and with 0 when it does", () => {
  const ports = ["--ike-port", "0", "--natt-port", "0", "--l2tp-port", "0"];
  const serving = ["exec", "--config", CONFIG, "--listen", "127.0.0.1", ...ports, "--timeout", "0.3"];
  const unmet = lnsh([...serving, "--wait", "tunnel up", "-c", "show privilege"]);
  expect(unmet).toMatchObject({ status: 4, stdout: "" });
  expect(unmet.stderr).toContain("lnsh: after 0.3 seconds it does not hold: tunnel up\n");
  const met = lnsh([...serving, "--wait", "sessions = 0 and show version | include Cisco", "-c", "show privilege"]);
  expect(met).toMatchObject({ status: 0, stdout: "Current privilege level is 15\n" });
});

test("a host that nobody is at ends with 5", () => {
  const run = lnsh(["exec", "--connect", "127.0.0.1:1", "-c", "show privilege"]);
  expect(run).toMatchObject({ status: 5, stderr: "lnsh: [127.0.0.1]:1: nobody listens there.\n" });
});

test("bad usage is one clear line and ends with 2", () => {
  for (const args of [
    ["run"],
    ["exec", "--config", CONFIG],
    ["exec", "-c", "show privilege"],
    ["exec", "--config", CONFIG, "--wait", "tunnel up"],
    ["exec", "--config", CONFIG, "--wait", "tunnel sideways", "--listen", "127.0.0.1"],
    ["exec", "--config", CONFIG, "--connect", "lns", "-c", "show privilege"],
    ["exec", "--connect", "admin:secret@lns", "-c", "show privilege"],
    ["run", "--config", CONFIG, "--ike-port", "x"],
    ["nope"],
    ["lab", "nope"],
    ["console"],
    ["console", "--connect", "a@b", "--config", CONFIG],
    ["dashboard", "--connect", "a b"],
    ["run", "--config", CONFIG, "--ike-port", "4500"],
    ["client", "--connect", "127.0.0.1", "--user", "fred", "--ike-port", "0x1f4"],
    ["client", "--connect", "127.0.0.1", "--user", "fred", "--count", "0"],
    ["client", "--connect", "127.0.0.1", "--user", "fred", "--rate", "0"],
  ]) {
    const run = lnsh(args);
    expect(run.status, args.join(" ")).toBe(2);
    expect(run.stderr.trimEnd().split("\n"), args.join(" ")).toHaveLength(1);
  }
});

test("a gateway that cannot start says why, what to do, and ends with 5", () => {
  const missing = lnsh(["run", "--config", "no-such-file.cfg"]);
  expect(missing).toMatchObject({ status: 5, stderr: "lnsh: no-such-file.cfg: there is no such file.\n" });
  const homeless = lnsh(["run", "--config", CONFIG]);
  expect(homeless.status).toBe(5);
  expect(homeless.stderr).toContain("--listen");
  expect(homeless.stderr).toContain("11.0.0.8 (FastEthernet0/0)");
});

test("where SSH cannot listen the gateway ends, though its own sockets were open already", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const bound = other.address();
  const port = typeof bound === "object" ? bound?.port : undefined;
  const ports = ["--ike-port", "0", "--natt-port", "0", "--l2tp-port", "0", "--ssh", `127.0.0.1:${port}`];
  const run = lnsh(["run", "--config", CONFIG, "--listen", "127.0.0.1", ...ports]);
  other.close();
  expect(run.status).toBe(5);
  expect(run.stderr).toContain(`lnsh: SSH port ${port}: something else listens there.\n`);
});

test("a file that is not there is told of in the same words, whatever it was for", () => {
  for (const args of [
    ["exec", "--config", CONFIG, "-f", "no-such-file"],
    ["client", "--connect", "127.0.0.1", "--user", "fred", "--psk-file", "no-such-file"],
    ["client", "--connect", "127.0.0.1", "--user", "fred", "--ca", "no-such-file", "--pkcs12", "any"],
  ]) {
    expect(lnsh(args), args.join(" ")).toMatchObject({
      status: 5,
      stderr: "lnsh: no-such-file: there is no such file.\n",
    });
  }
});

test("help names the commands and the exit codes", () => {
  const run = lnsh(["--help"]);
  expect(run.status).toBe(0);
  for (const word of ["run", "exec", "lab", "Exit codes"]) expect(run.stdout).toContain(word);
});

test("help of what is no command names it, as that word alone does, and what it may have meant", () => {
  const run = lnsh(["help", "chek"]);
  expect(run).toMatchObject({ status: 2, stdout: "" });
  expect(run.stderr).toMatch(/^lnsh: unknown command 'chek'\n.*check/);
  expect(lnsh(["help", "check"])).toMatchObject({ status: 0, stderr: "" });
});

test("options that do not go together are bad usage", () => {
  const client = ["client", "--connect", "127.0.0.1", "--user", "fred"];
  for (const half of [
    ["--cert", "any"],
    ["--key", "any"],
    ["--ca", "any"],
  ]) {
    expect(lnsh([...client, ...half]), half.join(" ")).toMatchObject({ status: 2, stdout: "" });
  }
});

test.each([
  ["nat-demux", ["is given port 1024", "is given port 1025", "3 of 3 answered", "both stay connected"]],
  ["no-demux", ["ping 12.0.0.8: 0 of 3 answered", "the second client's SA took the first one's traffic"]],
  ["e-series", ["3 of 3 answered", "each tunnel carries one session"]],
])("the lab plays %s over real sockets and ends with 0", (scenario, expected) => {
  const run = lnsh(["lab", scenario]);
  expect(run.status, run.stdout + run.stderr).toBe(0);
  for (const text of expected) expect(run.stdout).toContain(text);
});

test("a console without a terminal is the plain line, and opens no sockets", () => {
  const { status, stdout, stderr } = lnsh(["console", "--config", CONFIG]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^72_LNS#/);
  expect(stderr).not.toContain("listening on");
});
