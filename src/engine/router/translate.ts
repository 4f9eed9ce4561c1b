/** What IKE and L2TP report, in the words of the line module: the part of the join that both ends of a tunnel share. */

import type { EngineOutput, InstallSession, Programming } from "../forwarding.ts";
import type { IkeOutput } from "../ike/events.ts";
import type { Random } from "../kernel/random.ts";
import type { L2tpOutput } from "../l2tp/events.ts";
import { softOctets } from "./sizes.ts";

type SaEvent = Extract<IkeOutput, { type: "connectionMoved" | "inboundSa" | "outboundSa" | "saRemoved" }>;

/** What goes on as it is, whoever's it is; `undefined` = only the join can tell what it means. */
export function passedOn(output: IkeOutput, random: Random): EngineOutput | undefined {
  switch (output.type) {
    case "send":
      return { type: "ike", flow: output.flow, bytes: output.bytes };
    case "agree":
      return output;
    case "connectionClosed":
      return { type: "closeConnection", connection: output.connection };
    case "connectionMoved":
    case "inboundSa":
    case "outboundSa":
    case "saRemoved":
      return programmingOfSa(output, random);
    case "connectionOpened":
    case "phase1Renewed":
    case "failed":
      return undefined;
  }
}

function programmingOfSa(event: SaEvent, random: Random): Programming {
  const { connection } = event;
  switch (event.type) {
    case "connectionMoved":
      return { type: "moveConnection", connection, flow: event.flow };
    case "inboundSa": {
      const { pair, keys, replayWindow } = event;
      return { type: "installInboundSa", connection, spi: pair.inboundSpi, keys, replayWindow };
    }
    case "outboundSa": {
      const { pair, keys } = event;
      const soft = softOctets(pair.lifetimeKilobytes, random);
      return { type: "installOutboundSa", connection, spi: pair.outboundSpi, keys, softOctets: soft };
    }
    case "saRemoved":
      return { type: "removeSa", connection, direction: event.direction, spi: event.spi };
  }
}

export function installSession(opened: Extract<L2tpOutput, { type: "sessionOpened" }>): InstallSession {
  const {
    session,
    path,
    localTunnelId,
    localSessionId,
    remoteTunnelId,
    remoteSessionId,
    sequencing,
    followsPeer,
    profile,
  } = opened;
  return {
    type: "installSession",
    session,
    path,
    localTunnelId,
    localSessionId,
    remoteTunnelId,
    remoteSessionId,
    sequencing,
    followsPeer,
    dropsLate: profile?.dropsLateData === true,
  };
}
