/** The SSH server of a gateway: its configuration decides who comes in, its files are what is copied. */

import { AccessLists } from "../../engine/ip/access-list.ts";
import type { AccessSpec } from "../../modes/common/access.ts";
import type { PasteReport } from "../../modes/shell/paste.ts";
import type { Gateway } from "../gateway.ts";
import { Session, type SessionOptions } from "../session.ts";
import { DeviceTree } from "./device-paths.ts";
import type { HostKeys } from "./host-keys.ts";
import { LoginThrottle } from "./login-throttle.ts";
import { LoginWatch } from "./login-watch.ts";
import { serveConsole } from "./serve-console.ts";
import { type Arrival, SshServer } from "./ssh-server.ts";
import { UserLockout } from "./user-lockout.ts";

export interface SshOptions {
  /** Absent = every address of the host. */
  readonly address: string | undefined;
  readonly port: number;
  readonly legacy: boolean;
  readonly hostKeys: HostKeys;
}

export interface OpenedSsh {
  readonly server: SshServer;
  /** Where it listens and by which keys it is known, for the operator. */
  readonly told: string;
}

/** Rejects with `CannotStart`. */
export async function openSsh(gateway: Gateway, options: SshOptions): Promise<OpenedSsh> {
  const doors = cachedDoors(gateway);
  const server = new SshServer({
    hostKeys: options.hostKeys,
    throttle: new LoginThrottle(),
    watch: new LoginWatch({
      timers: gateway.host,
      log: gateway.logs.log,
      date: () => gateway.host.date(),
      guard: () => doors().access.guard,
    }),
    lockout: new UserLockout({
      log: gateway.logs.log,
      date: () => gateway.host.date(),
      attempts: () => doors().access.lockoutAttempts,
    }),
    legacy: options.legacy,
    logs: gateway.logs,
    timers: gateway.host,
    access: () => doors().access,
    admits: (list, address) => doors().lists.admits(list, address),
    open: (arrival) => new Session(gateway, loginOf(arrival)),
    draw: (channel, arrival, first, ended) =>
      serveConsole(channel, gateway, {
        login: loginOf(arrival),
        size: arrival.terminal ?? { columns: 0, rows: 0 },
        first,
        ended,
      }),
    files: (arrival) => filesOf(gateway, arrival),
  });
  gateway.ssh = server;
  const { address, port } = await server.listen(options.address, options.port);
  const keys = options.hostKeys.all.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(", ");
  return { server, told: `SSH on ${address} port ${port}, host keys ${keys}` };
}

/** Who may come in, and past which lists. */
interface Doors {
  readonly access: AccessSpec;
  readonly lists: AccessLists;
}

/** What the configuration says is worked out once for each change of it: strangers who knock cost next to nothing. */
function cachedDoors(gateway: Gateway): () => Doors {
  let spec: unknown;
  let doors: Doors | undefined;
  return () => {
    if (doors === undefined || spec !== gateway.spec) {
      spec = gateway.spec;
      const lists = new AccessLists();
      lists.configure(gateway.spec.accessLists ?? []);
      doors = { access: gateway.dialect.access(gateway.store), lists };
    }
    return doors;
  };
}

function loginOf({ user, level, line, from, terminal }: Arrival): SessionOptions {
  return {
    line: `vty ${line}`,
    location: from,
    paged: terminal !== undefined,
    monitor: false,
    colour: terminal?.colour ?? false,
    user: { name: user, level },
  };
}

function filesOf(gateway: Gateway, { user, line }: Arrival): DeviceTree {
  return new DeviceTree(
    gateway.files,
    {
      text: () => gateway.running.text,
      merge: (text) => uploadReport(gateway.running.merge(text, user === "" ? `vty ${line}` : user)),
    },
    () => new Date(),
  );
}

/** So many refused lines are told one by one. */
const MOST_TOLD = 50;

/** For whoever copied a configuration: how many lines were refused, and each of them with its reason. */
function uploadReport({ refused }: PasteReport): { readonly ok: boolean; readonly report: string } {
  if (refused.length === 0) return { ok: true, report: "" };
  const count = refused.length === 1 ? "a line was refused" : `${refused.length} lines were refused`;
  const told = refused.slice(0, MOST_TOLD).map((line) => `line ${line.number}: ${line.text.trim()}: ${reasonOf(line)}`);
  const more = refused.length > MOST_TOLD ? [`and ${refused.length - MOST_TOLD} more: show paste report`] : [];
  return { ok: false, report: [count, ...told, ...more].join("\n") };
}

function reasonOf({ outcome }: PasteReport["refused"][number]): string {
  return outcome.kind === "refused" ? outcome.fault.reason : "";
}
