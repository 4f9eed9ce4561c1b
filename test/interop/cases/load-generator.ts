/** `lnsh client` against a server that is not ours: charon, the kernel's ESP and L2TP, xl2tpd and pppd in a guest. The gateway of the stage has no part in it. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Case } from "../lab/case.ts";
import { eventually, expect } from "../lab/command.ts";
import { Daemon } from "../lab/daemon.ts";
import type { Guest } from "../lab/guest.ts";
import { LOAD_SOURCES, NAT_NAMESPACE } from "../lab/network.ts";
import type { Stage } from "../lab/stage.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));

const CLIENTS = 10;
const PINGS = 3;
/** The server's own end of every link: guest/server.sh. */
const INSIDE = "10.77.0.1";
const ACCESS = { psk: "key-of-another", login: "load", password: "password-of-another" } as const;
const PERSONA = "windows-10";
const RUN_SECONDS = 30;

/** What `--json` prints, as far as it matters here. */
interface Report {
  readonly clients: readonly {
    readonly address?: string;
    readonly reason?: string;
    readonly pings: { readonly sent: number; readonly answered: number };
  }[];
}

export const loadGenerator: Case = {
  name: "load-generator-against-another-server",
  async run(stage) {
    const server = await stage.boot({ role: "server", ...ACCESS });
    await drive(stage, server);
    await stage.powerOff(server);
  },
};

async function drive(stage: Stage, server: Guest): Promise<void> {
  const lnsh = [process.execPath, "src/cli/main.ts", "client", "--connect", server.address, "--persona", PERSONA];
  const load = ["--user", ACCESS.login, "--count", String(CLIENTS), "--rate", "5", "--source", LOAD_SOURCES];
  const then = ["--ping", INSIDE, "--pings", String(PINGS), "--hold", "2", "--timeout", "20", "--json"];
  const secrets = ["env", `LNSH_PSK=${ACCESS.psk}`, `LNSH_PASSWORD=${ACCESS.password}`];
  const run = new Daemon("ip", ["netns", "exec", NAT_NAMESPACE, ...secrets, ...lnsh, ...load, ...then], {
    cwd: project,
    logFile: join(stage.directory, `lnsh-client.log`),
  });
  try {
    const arrived = await eventually(RUN_SECONDS, async () => run.ended || (await linksOf(server)) === CLIENTS);
    expect(arrived && !run.ended, `the server never had ${CLIENTS} links at once`, run.output);
    expect(await run.waitForEnd(RUN_SECONDS), `lnsh client did not end`, run.output);
  } finally {
    await run.stop("SIGTERM", 3);
  }
  expect(run.ending === "exit 0", `lnsh client ended with ${run.ending}`, run.output);
  const { clients } = JSON.parse(run.output) as Report;
  expect(new Set(clients.map(({ address }) => address)).size === CLIENTS, "clients share addresses", run.output);
  const answered = clients.reduce((sum, { pings }) => sum + pings.answered, 0);
  expect(answered === CLIENTS * PINGS, `${answered} of ${CLIENTS * PINGS} pings were answered`, run.output);
  const left = await server.run("wait_for 10 is_empty; ip -o link show type ppp; ip xfrm state");
  expect(left.output === "", `the clients have gone, and the server still has something of them`, left.output);
}

async function linksOf(server: Guest): Promise<number> {
  return Number((await server.run("links")).output);
}
