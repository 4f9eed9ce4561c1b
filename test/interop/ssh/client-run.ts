/** Runs a client program to its end, never longer than it may take, and tells everything that came out of it. */

import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADMIN, LOGIN, type SshGateway } from "./gateways.ts";

export interface Ran {
  readonly out: string;
  readonly err: string;
  /** `undefined` = it had to be killed. */
  readonly status: number | undefined;
}

const PATIENCE_SECONDS = 600;

export function client(
  program: string,
  args: readonly string[],
  options: { readonly input?: string; readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const child = spawn(program, args, {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    const patience = setTimeout(
      () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"),
      PATIENCE_SECONDS * 1000,
    );
    child.once("error", reject);
    child.once("close", (status) => {
      clearTimeout(patience);
      resolve({ out, err, status: status ?? undefined });
    });
  });
}

/** What OpenSSH needs to meet a host whose key nobody has seen, and to remember nothing of it. */
function configurationFile(directory: string): string {
  const file = join(directory, "ssh_config");
  // Others may be reading it.
  if (existsSync(file)) return file;
  writeFileSync(
    file,
    "Host *\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n LogLevel ERROR\n NumberOfPasswordPrompts 1\n",
  );
  return file;
}

/** `ssh`, as the user with the highest level. */
export function ssh(gateway: SshGateway, args: readonly string[], input = ""): Promise<Ran> {
  const { directory, port } = gateway;
  const own = ["-F", configurationFile(directory), "-p", `${port}`];
  return client("sshpass", ["-p", ADMIN.password, "ssh", ...own, `${ADMIN.user}@127.0.0.1`, ...args], { input });
}

/** `scp` or `sftp`; `remote:` in an argument stands for the gateway. */
export function copy(gateway: SshGateway, program: "scp" | "sftp", args: readonly string[], input = ""): Promise<Ran> {
  const { directory, port } = gateway;
  const own = ["-F", configurationFile(directory), "-P", `${port}`];
  const real = args.map((arg) => arg.replace(/^remote:/, `${ADMIN.user}@127.0.0.1:`));
  return client("sshpass", ["-p", ADMIN.password, program, ...own, ...real], { input });
}

/** The home of a RANCID user who knows the gateway. */
export function rancidHome(gateway: SshGateway): string {
  const { directory, port } = gateway;
  writeFileSync(
    join(directory, ".cloginrc"),
    [
      `add user 127.0.0.1 ${LOGIN.user}`,
      `add password 127.0.0.1 ${LOGIN.password} ${LOGIN.enable}`,
      `add method 127.0.0.1 {ssh:${port}}`,
      `add sshcmd 127.0.0.1 {ssh\\ -F\\ ${configurationFile(directory)}}`,
      "",
    ].join("\n"),
    { mode: 0o600 },
  );
  return directory;
}

/** The inventory of an Ansible user who knows the gateway and its enable secret. */
export function ansibleInventory({ directory, port }: SshGateway): string {
  const file = join(directory, "inventory.ini");
  const variables = {
    host: "127.0.0.1",
    port,
    user: LOGIN.user,
    password: LOGIN.password,
    become: "yes",
    become_method: "enable",
    become_password: LOGIN.enable,
    network_os: "cisco.ios.ios",
    connection: "ansible.netcommon.network_cli",
  };
  const words = Object.entries(variables).map(([name, value]) => `ansible_${name}=${value}`);
  writeFileSync(file, `gateway ${words.join(" ")}\n`, { mode: 0o600 });
  return file;
}
