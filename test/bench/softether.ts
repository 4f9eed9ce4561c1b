/**
 * Beside SoftEther, a VPN server in user space that is written in C: one real Linux client of the interop lab (User-Mode Linux, behind a NAT) carries TCP both ways through
 * SoftEther with a TAP bridge and through lnsh with a TUN device, in turns, and what the server's process spends is counted; then two clients at once. Beside each rate stands what
 * the client's own kernel used of its one core: near 100 %, no server makes it faster. Needs root and what the lab
 * needs; SoftEther and iperf3 come from Debian and are installed where that works. SOFTETHER_ROUNDS says how often (3), SOFTETHER_SECONDS how long each way (6).
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { eventually } from "../interop/lab/command.ts";
import { Daemon } from "../interop/lab/daemon.ts";
import { Guest } from "../interop/lab/guest.ts";
import {
  networkDown,
  networkUp,
  SERVER_ADDRESS,
  SERVER_NAMESPACE,
  WIRE,
  whatIsMissing,
} from "../interop/lab/network.ts";
import { connect } from "../interop/lab/stage.ts";
import { type Figure, type Figures, median } from "./figures.ts";

const ROUNDS = Number(process.env.SOFTETHER_ROUNDS ?? 3);
const SECONDS = Number(process.env.SOFTETHER_SECONDS ?? 6);
const PACKAGES = ["softether-vpnserver", "softether-vpncmd", "iperf3"];
const TICKS_PER_SECOND = 100;
const TRIES = 5;
/** How many carry at once. */
const CLIENTS = [1, 2] as const;
const NAMES = { 1: "one Linux client", 2: "two at once" } as const;
const FIRST_PORT = 5201;
const CLIENT = { psk: "secret", login: "fred", password: "fredPw", ike: "aes128-sha1-modp2048", esp: "aes128-sha1" };
/** The octets of TCP in a packet of 1400 octets. */
const SEGMENT = 1348;

const SOFTETHER = "/usr/libexec/softether/vpnserver/vpnserver";
const SOFTETHER_DEVICE = "tap_bench";
const SOFTETHER_COMMANDS = [
  "HubCreate bench /PASSWORD:bench",
  "Hub bench",
  `UserCreate ${CLIENT.login} /GROUP:none /REALNAME:none /NOTE:none`,
  `UserPasswordSet ${CLIENT.login} /PASSWORD:${CLIENT.password}`,
  "BridgeCreate bench /DEVICE:bench /TAP:yes",
  "SecureNatEnable",
  "NatDisable",
  "DhcpSet /START:10.77.0.10 /END:10.77.0.99 /MASK:255.255.255.0 /EXPIRE:7200 /GW:none /DNS:none /DNS2:none /DOMAIN:none /LOG:no",
  `IPsecEnable /L2TP:yes /L2TPRAW:no /ETHERIP:no /PSK:${CLIENT.psk} /DEFAULTHUB:bench`,
];

interface Contender {
  readonly name: string;
  /** Where iperf3 listens, at the far end of the server's device. */
  readonly inside: string;
  start(directory: string): Promise<Daemon>;
}

interface Flow {
  readonly contender: string;
  readonly clients: number;
  readonly direction: "up" | "down";
  readonly megabits: number;
  /** Of the server's process for so many octets of TCP, acknowledgements and the kernel's part included. */
  readonly micros: number;
  /** Of a core: what the kernels of the clients used of the one that each has. */
  readonly clientShare: number;
}

/** A client, and where iperf3 listens for it. */
interface Client {
  readonly guest: Guest;
  readonly port: number;
}

const contenders: readonly Contender[] = [
  { name: "SoftEther", inside: "10.77.0.1", start: startSoftether },
  { name: "lnsh", inside: "10.1.0.2", start: startLnsh },
];

export async function benchSoftether(figures: Figures): Promise<void> {
  const reason = whyNot();
  if (reason !== undefined) {
    figures.note(`softether: ${reason}`);
    return;
  }
  const flows: Flow[] = [];
  const directory = mkdtempSync(join(tmpdir(), "lnsh-softether-"));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contender of contenders) flows.push(...(await measured(contender, join(directory, `${round}`))));
    }
  } finally {
    networkDown();
    rmSync(directory, { recursive: true, force: true });
  }
  const compare = (
    title: string,
    unit: Figure["unit"],
    of: (flow: Flow) => number,
    more = (_own: Flow[]) => "",
  ): void => {
    for (const clients of CLIENTS) {
      for (const direction of ["up", "down"] as const) {
        const values = contenders.map(({ name }): Figure => {
          const own = flows.filter(
            (flow) => flow.contender === name && flow.direction === direction && flow.clients === clients,
          );
          return { name, value: median(own.map(of)), unit, more: more(own) };
        });
        figures.compare(`${title}, ${direction === "up" ? "from" : "to"} ${NAMES[clients]}`, values);
      }
    }
  };
  const shares = (own: Flow[]): string =>
    `${(100 * median(own.map(({ clientShare }) => clientShare))).toFixed(0)} % of a core in the client's kernel`;
  compare("TCP", "Mbit/s", ({ megabits }) => megabits, shares);
  compare(`CPU of the server for each ${SEGMENT} octets of TCP`, "us", ({ micros }) => micros);
}

/** Installs what is missing; `undefined` = everything is there. */
function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return "needs root";
  const installed = (name: string): boolean =>
    spawnSync("dpkg", ["-l", name], { encoding: "utf8" }).stdout?.includes("\nii ") === true;
  const missing = PACKAGES.filter((name) => !installed(name));
  if (missing.length > 0) {
    const options = ["install", "-y", "--no-install-recommends", ...missing];
    const { status } = spawnSync("apt-get", options, {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (status !== 0) return `cannot install ${missing.join(" ")}`;
  }
  return whatIsMissing();
}

async function measured(contender: Contender, directory: string): Promise<Flow[]> {
  networkUp();
  // Runs of datagrams stay together on the wire: nothing is recorded here.
  inServer("ip", "link", "set", WIRE, "gso_max_segs", "65535");
  const home = join(directory, contender.name);
  const clients = Array.from({ length: Math.max(...CLIENTS) }, (_, i): Client => {
    return { guest: new Guest(i + 1, join(home, `client-${i + 1}`), CLIENT), port: FIRST_PORT + i };
  });
  const server = await contender.start(home);
  try {
    const listeners: Daemon[] = [];
    for (const { guest, port } of clients) {
      await guest.ready();
      await connect(guest);
      const listen = ["iperf3", "-s", "-B", contender.inside, "-p", `${port}`];
      const logFile = join(home, `iperf3-${port}.log`);
      listeners.push(new Daemon("ip", ["netns", "exec", SERVER_NAMESPACE, ...listen], { logFile }));
      const route = await guest.run(
        `ip route replace ${contender.inside}/32 dev ppp0 && ping -c 3 ${contender.inside}`,
      );
      if (route.status !== 0) throw new Error(`${contender.name}: the far end does not answer: ${route.output}`);
    }
    const flows: Flow[] = [];
    for (const count of CLIENTS) {
      for (const direction of ["up", "down"] as const) {
        flows.push(await flow(contender, clients.slice(0, count), server, direction));
      }
    }
    for (const listener of listeners) await listener.stop("SIGTERM", 2);
    return flows;
  } finally {
    for (const { guest } of clients) await guest.powerOff();
    await server.stop("SIGTERM", 8);
  }
}

async function flow(
  { name, inside }: Contender,
  clients: readonly Client[],
  server: Daemon,
  direction: "up" | "down",
): Promise<Flow> {
  const back = direction === "down" ? "-R" : "";
  const carry = (seconds: number): Promise<Carried[]> =>
    Promise.all(
      clients.map(({ guest, port }) =>
        carried(guest, `TMPDIR=/run iperf3 -c ${inside} -p ${port} -t ${seconds} ${back} -J`),
      ),
    );
  const kernels = clients.map(({ guest }) => Number(readFileSync(join(guest.directory, "uml", "pid"), "utf8")));
  const spent = (): number => kernels.reduce((sum, pid) => sum + scheduledSeconds(pid), 0);
  await carry(1);
  const before = cpuSeconds(server.pid);
  const spentBefore = spent();
  const ends = await carry(SECONDS);
  const clientShare = (spent() - spentBefore) / SECONDS / clients.length;
  const cpu = cpuSeconds(server.pid) - before;
  const bytes = ends.reduce((sum, end) => sum + end.bytes, 0);
  const megabits = ends.reduce((sum, end) => sum + end.bits_per_second, 0) / 1e6;
  const micros = (cpu * 1e6) / (bytes / SEGMENT);
  return { contender: name, clients: clients.length, direction, megabits, micros, clientShare };
}

interface Carried {
  readonly bytes: number;
  readonly bits_per_second: number;
}

/** The far end may still be about to take the next one. */
async function carried(guest: Guest, command: string): Promise<Carried> {
  let said = "";
  for (let tries = 0; tries < TRIES; tries += 1) {
    said = (await guest.run(command, SECONDS + 30)).output;
    const { end } = JSON.parse(said) as { readonly end: { readonly sum_received?: Carried } };
    if (end.sum_received !== undefined) return end.sum_received;
    await after(500);
  }
  throw new Error(`iperf3: ${said.slice(-400)}`);
}

/** Of a process and of those that it has started, all their threads. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ")
    .map(Number);
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  const own = ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_PER_SECOND;
  return children.reduce((sum, child) => sum + cpuSeconds(child), own);
}

/** Of the first thread of a process; a guest's kernel is one, its programs are others. */
function scheduledSeconds(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e9;
}

function inServer(...command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("ip", ["netns", "exec", SERVER_NAMESPACE, ...command], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command.join(" ")}: ${stderr}${stdout}`);
  return stdout;
}

async function startLnsh(directory: string): Promise<Daemon> {
  const lnsh = [process.execPath, join(import.meta.dirname, "../../src/cli/bin.js"), "run"];
  const options = ["--config", join(import.meta.dirname, "softether.cfg"), "--listen", SERVER_ADDRESS];
  const daemon = new Daemon("ip", ["netns", "exec", SERVER_NAMESPACE, ...lnsh, ...options], {
    logFile: join(directory, "gateway.log"),
  });
  if (!(await eventually(15, () => daemon.output.includes("listening on")))) throw new Error(`lnsh: ${daemon.output}`);
  return daemon;
}

/** What it keeps goes into mounts that only it sees; a hub, a user, a bridge to a TAP device at which the host answers, and addresses. */
async function startSoftether(directory: string): Promise<Daemon> {
  const places = ["/var/lib/softether", "/run/softether"];
  const prepare = places.map((place) => `mkdir -p ${place} && mount -t tmpfs bench ${place}`).join(" && ");
  const start = `${prepare} && exec ${SOFTETHER} execsvc`;
  const daemon = new Daemon("ip", ["netns", "exec", SERVER_NAMESPACE, "sh", "-c", start], {
    logFile: join(directory, "softether.log"),
  });
  const listens = (): boolean => inServer("ss", "-lntH").includes(":5555 ");
  if (!(await eventually(20, listens))) throw new Error(`SoftEther does not listen: ${daemon.output}`);
  const commands = join(directory, "commands");
  writeFileSync(commands, `${SOFTETHER_COMMANDS.join("\n")}\n`);
  inServer("vpncmd", "localhost:5555", "/SERVER", `/IN:${commands}`);
  const hasDevice = (): boolean => inServer("ip", "-br", "link").includes(SOFTETHER_DEVICE);
  if (!(await eventually(10, hasDevice))) throw new Error("SoftEther has made no device");
  inServer("ip", "addr", "add", "10.77.0.1/24", "dev", SOFTETHER_DEVICE);
  return daemon;
}
