/** `show aaa …`: users are authenticated here; there is no server to tell of. */

import type { SessionSnapshot, Snapshot } from "../../../engine/snapshot.ts";
import { methodName, virtualAccess } from "./words.ts";

export function aaaSessions({ sessions, l2tp }: Snapshot) {
  return {
    total: l2tp.totals.sessionsTotal,
    sessions: sessions
      .filter(({ ppp }) => ppp.peerName !== "")
      .map(({ session, ppp }) => ({ uniqueId: session, user: ppp.peerName, address: ppp.peerAddress ?? null })),
  };
}

export function showAaaSessions({ total, sessions }: ReturnType<typeof aaaSessions>): string[] {
  return [
    `Total sessions since last reload: ${total}`,
    ...sessions.flatMap(({ uniqueId, user, address }) => [
      `Session Id: ${uniqueId}`,
      `   Unique Id: ${uniqueId}`,
      `   User Name: ${user || "*not available*"}`,
      `   IP Address: ${address ?? "0.0.0.0"}`,
      "   Idle Time: 0",
      "   CT Call Handle: 0",
    ]),
  ];
}

export function showAaaUser(sessions: readonly SessionSnapshot[]): string[] {
  return sessions.flatMap(({ session, index, ppp }) => [
    "--------------------------------------------------",
    `Unique id ${session} is currently in use.`,
    "Accounting:",
    "  log=0x0",
    "  No data for type NET",
    "General:",
    `  Unique Id = ${String(session).padStart(8, "0")}`,
    `  Session Id = ${String(session).padStart(8, "0")}`,
    "  Attribute List:",
    `    interface ${virtualAccess(index).long}`,
    `    port-type Virtual Terminal`,
    `    addr ${ppp.peerAddress ?? "0.0.0.0"}`,
    `PerU: No data available`,
    `Authen: service=PPP type=${methodName(ppp.authentication)} method=LOCAL`,
    `  Username: ${ppp.peerName}`,
  ]);
}

export interface MethodList {
  readonly service: string;
  readonly name: string;
  readonly methods: readonly string[];
}

const WORDS: Readonly<Record<string, string>> = {
  enable: "ENABLE",
  local: "LOCAL",
  "local-case": "LOCAL-CASE",
  none: "NONE",
  line: "LINE",
  radius: "SERVER_GROUP radius",
  "tacacs+": "SERVER_GROUP tacacs+",
};

export function showMethodLists(lists: readonly MethodList[]): string[] {
  const services = [...new Set(lists.map(({ service }) => service))];
  return services.flatMap((service) => [
    `authen queue=AAA_ML_AUTHEN_${service.toUpperCase()}`,
    ...lists
      .filter((list) => list.service === service)
      .map(
        ({ name, methods }, index) =>
          `  name=${name} valid=TRUE id=${index} :state=ALIVE : ${methods.map((method) => WORDS[method] ?? method).join(" ")}`,
      ),
  ]);
}
