/**
 * Draws the pictures of the console and of the dashboard in `docs`, from the cells of a terminal: a gateway with two clients behind one
 * PAT over loopback, and somebody who types. `node test/pictures/draw.ts`
 */

import { readFileSync, writeFileSync } from "node:fs";
import { clientFlows, SocketClient } from "../../src/cli/client/socket-client.ts";
import { SocketPat } from "../../src/cli/client/socket-pat.ts";
import { Gateway } from "../../src/cli/gateway.ts";
import { scenarios } from "../../src/cli/lab/scenarios.ts";
import { runConsole } from "../../src/cli/ui/console.ts";
import { TerminalInput, TerminalOutput } from "../../src/cli/ui/terminal-streams.ts";
import { personas } from "../../src/engine/client/personas.ts";
import { Secret } from "../../src/engine/kernel/secret.ts";
import { dialects } from "../../src/modes/dialects.ts";
import { TerminalScreen } from "../support/terminal-screen.ts";
import { svgOf } from "./svg.ts";

const SIZE = { columns: 110, rows: 32 };
const HOST = "127.0.0.1";
const scenario = scenarios["nat-demux"];
if (scenario === undefined) throw new Error("there is no such scenario");

const root = new URL("../../", import.meta.url);
const text = readFileSync(new URL(`fixtures/configs/${scenario.config}`, root), "utf8");
const gateway = new Gateway(dialects.ios);
const added = scenario.additions.flatMap(({ lines }) => lines).join("\n");
gateway.load(`${text.replace(/\nend\s*$/, "")}\n${added}\n`);
await gateway.listen({ address: HOST, ports: { ike: 0, natt: 0, l2tp: 0 } });
const ports = gateway.wirePorts(HOST);
if (ports === undefined) throw new Error("the gateway listens on nothing");

const screen = new TerminalScreen(SIZE.columns, SIZE.rows);
const input = new TerminalInput();
const output = new TerminalOutput(SIZE, (drawn) => screen.write(drawn));
const over = runConsole(gateway, {
  input,
  output,
  colour: true,
  intervalMillis: 500,
  opening: [],
  first: undefined,
});

const pat = new SocketPat("127.0.0.2");
const clients = scenario.clients.map(
  ({ host, address }) =>
    new SocketClient(
      {
        persona: personas["windows-2000"],
        hostName: host,
        ...clientFlows(address, ports.ike, ports.natt),
        preSharedKey: new Secret(scenario.preSharedKey),
        user: scenario.user,
        password: new Secret(scenario.password),
        remoteL2tpPort: 1701,
      },
      pat,
      () => undefined,
    ),
);

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));
const type = async (...keys: readonly string[]): Promise<void> => {
  for (const each of keys) {
    input.write(each);
    await pause(150);
  }
};
const draw = async (name: string, title: string): Promise<void> => {
  await pause(700);
  await screen.lines();
  writeFileSync(new URL(`docs/${name}.svg`, root), svgOf(screen, SIZE, title));
};

const connect = async (client: SocketClient | undefined): Promise<void> => {
  client?.connect();
  while (client !== undefined && client.view.state !== "up") await pause(20);
};
const [first, second] = clients;
await connect(first);
await type(
  "show running-config | section crypto map\r",
  "show l2tp session\r",
  "show crypto foo\r",
  "show crypto i",
  "\t",
);
await draw("console", "lnsh console: output in colours, the caret below a word that is none, and what may come next");

await type("\x15", "dashboard\r");
for (let quarter = 0; quarter < 120; quarter += 1) {
  if (quarter === 60) void connect(second);
  const size = Math.round(4 + 3 * Math.sin(quarter / 8) + 2 * Math.sin(quarter / 3));
  for (const client of clients) for (let count = 0; count < size; count += 1) client.ping(scenario.pingTarget);
  await pause(250);
}
await type("s", "\x1b[B");
await draw("dashboard", "The dashboard with two clients behind one NAT");

await type("q");
input.end();
await over;
for (const client of clients) client.stop();
pat.close();
await gateway.stop("the pictures are drawn");
