/** `show radius`: servers as configured. No request leaves for them, so what would be counted stands at zero. */

import type { ConfigCommand, ConfigNode, ConfigReader, ExecResult, Opener } from "../../../grammar/declaration.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { accountingServer, authenticationServer, radiusCommands } from "../commands/radius.ts";
import { routerOf } from "../compile/configuration.ts";
import { placed } from "./text.ts";

export type RadiusService = "authentication" | "accounting";

const OPENERS = { authentication: authenticationServer, accounting: accountingServer } as const;

interface RadiusServer {
  readonly service: RadiusService;
  readonly address: string;
  readonly port: number;
  readonly retries: number;
  readonly timeoutSeconds: number;
  readonly maxSessions: number;
  readonly deadMinutes: number;
  readonly hasKey: boolean;
}

/** What a line of the server's own mode says, as typed or as the box has it. */
function numberOf(commands: readonly ConfigCommand[], node: ConfigNode, word: string): number {
  const isOf = ({ form: [first] }: ConfigCommand): boolean => first?.kind === "keyword" && first.word === word;
  const typed = node.children.find((child) => isOf(child.command) && !child.negated)?.values;
  const values: object = typed ?? commands.find(isOf)?.initial ?? {};
  return Object.values(values).find((value) => typeof value === "number") ?? 0;
}

function serversOf(tree: ConfigReader, service: RadiusService): RadiusServer[] {
  const opener: Opener<typeof authenticationServer.form> = OPENERS[service];
  const commands = radiusCommands.filter((command) => command.mode === opener.opens);
  return tree.all(opener).map((node) => ({
    service,
    address: node.values.address,
    port: numberOf(commands, node, "udp-port"),
    retries: numberOf(commands, node, "retransmit"),
    timeoutSeconds: numberOf(commands, node, "timeout"),
    maxSessions: numberOf(commands, node, "max-sessions"),
    deadMinutes: numberOf(commands, node, "deadtime"),
    hasKey: node.children.some(({ values }) => "key" in values),
  }));
}

const SERVERS = [0, 17, 23, 30, 39, 49, 55];

export function showRadiusServers(context: ExecContext, services: readonly RadiusService[]): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const all = services.map((service) => ({ service, servers: serversOf(tree, service) }));
  return {
    lines: all.flatMap(({ service, servers }) => [
      service === "authentication" ? "RADIUS Authentication Configuration" : "RADIUS Accounting Configuration",
      placed([17, 23, 39, 49], ["Udp", "Retry", "Maximum", "Dead"]),
      placed(SERVERS, ["IP Address", "Port", "Count", "Timeout", "Sessions", "Time", "Secret"]),
      placed(SERVERS, ["---------------", "-----", "-----", "-------", "--------", "----", "------"]),
      ...servers.map((one) =>
        placed(SERVERS, [
          one.address,
          one.port,
          one.retries,
          one.timeoutSeconds,
          one.maxSessions,
          one.deadMinutes,
          one.hasKey ? "set" : "none",
        ]),
      ),
    ]),
    model: all.flatMap(({ servers }) => servers),
  };
}

const COUNTERS = ["Requests", "Retransmissions", "Accepts", "Rejects", "Timeouts", "Bad authenticators"];

/** Of one service, or of both. */
export function showRadiusStatistics(context: ExecContext, service?: RadiusService): ExecResult {
  const tree = routerOf(context, context.virtualRouter);
  const services = service === undefined ? (["authentication", "accounting"] as const) : [service];
  const all = services.flatMap((one) => serversOf(tree, one));
  const titles = all.map((one) => one.address);
  const columns = [0, ...titles.map((_, index) => 22 + index * 17)];
  return {
    lines: [
      "RADIUS Request Statistics: no request is sent, local users authenticate",
      placed(columns, ["Statistic", ...titles]),
      placed(columns, ["---------", ...titles.map(() => "---------------")]),
      ...COUNTERS.map((name) => placed(columns, [name, ...titles.map(() => 0)])),
    ],
    model: all.map(({ service, address }) => ({ service, address, requests: 0 })),
  };
}
