/** `clear crypto …`: ends connections, and sets counters of the crypto subsystem back. */

import { uint, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { anyInterface, nameOf, peerAddress } from "../arguments.ts";
import { type ConnectionFilter, connectionsOf, lonelyIkeSas } from "../show/connection-filter.ts";
import { CRYPTO_MARKS, DIAGNOSE_MARK, ENGINE_MARKS } from "./counter-marks.ts";
import { CLEARED, clear, DONE, PRIVILEGED, refused } from "./words.ts";

const crypto = kw("crypto", "Encryption subsystem");

function closeConnections(context: ExecContext, filter: ConnectionFilter): ExecResult {
  for (const { connection } of connectionsOf(context.snapshot, filter)) {
    context.request({ type: "closeConnection", connection, reason: CLEARED });
  }
  for (const { connection } of lonelyIkeSas(context.snapshot, filter)) {
    if (connection !== undefined) context.request({ type: "closeConnection", connection, reason: CLEARED });
  }
  return DONE;
}

const peer = arg("peer", peerAddress, "Peer's address");
const port = opt(kw("port", "Peer's port"), arg("port", uint(1, 65_535), "Port number"));

export const clearCryptoCommands = [
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      crypto,
      kw("sa", "Clear all crypto SAs"),
      opt(
        oneOf(
          [kw("peer", "Clear all SAs for a given crypto peer"), peer, port],
          [kw("map", "Clear all SAs for a given crypto map"), arg("map", word(), "Crypto map name")],
          [kw("vrf", "Clear all SAs of a VRF"), arg("vrf", word(), "VRF name")],
          [
            kw("entry", "Clear a specific SA"),
            arg("address", peerAddress, "Destination address"),
            pick("protocol", { ah: "Authentication header", esp: "Encapsulating security payload" }),
            arg("spi", word(), "SPI"),
          ],
        ),
      ),
    ],
    run: (context: ExecContext, { peer: address, port: number, map, vrf, spi }) => {
      if (spi === undefined) return closeConnections(context, { peer: address, port: number, map, vrf });
      const wanted = Number(spi);
      const found = context.snapshot.connections.find(({ sas }) =>
        sas.some(({ inboundSpi, outboundSpi }) => inboundSpi === wanted || outboundSpi === wanted),
      );
      if (found === undefined) return refused(`% There is no SA with SPI ${spi}`);
      context.request({ type: "closeConnection", connection: found.connection, reason: CLEARED });
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [clear, crypto, kw("sa", "Clear all crypto SAs"), kw("counters", "Reset the SA counters")],
    run: (context: ExecContext) => {
      context.baselines.set(CRYPTO_MARKS, context.snapshot, (key) => key.startsWith("sa "));
      return DONE;
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      crypto,
      kw("session", "Clear all crypto sessions"),
      opt(
        oneOf(
          [kw("remote", "Of one peer"), peer, port],
          [kw("local", "Of a local address"), arg("local", peerAddress, "Local address")],
          [kw("interface", "On an interface"), arg("interface", anyInterface, "Interface")],
          [kw("username", "Of a user"), arg("user", word(), "User name")],
          [kw("fvrf", "Of a front-door VRF"), arg("vrf", word(), "VRF name")],
          [kw("ivrf", "Of an inside VRF"), arg("vrf", word(), "VRF name")],
        ),
      ),
    ],
    run: (context: ExecContext, { peer: address, port: number, local, user, vrf, interface: name }) => {
      const interfaceName = name === undefined ? undefined : nameOf(name);
      return closeConnections(context, { peer: address, port: number, local, user, vrf, interfaceName });
    },
  }),
  exec({
    level: PRIVILEGED,
    form: [
      clear,
      crypto,
      kw("isakmp", "Clear the ISAKMP database"),
      opt(arg("id", uint(1, 2_147_483_647), "Connection ID")),
    ],
    run: (context: ExecContext, { id }) => {
      if (id === undefined) return closeConnections(context, {});
      const connection = context.snapshot.ikeSas.find((sa) => sa.id === id)?.connection;
      if (connection === undefined) return refused(`% There is no ISAKMP SA ${id}`);
      context.request({ type: "closeConnection", connection, reason: CLEARED });
      return DONE;
    },
  }),
];

/** Commands that only mark from where something is shown. */
export const clearCryptoMarks = (
  [
    [
      [
        kw("isakmp", "Clear the ISAKMP database"),
        kw("diagnose", "Diagnostic options"),
        kw("error", "Errors of negotiations"),
      ],
      DIAGNOSE_MARK,
    ],
    [
      [
        kw("engine", "Crypto engine"),
        kw("accelerator", "Crypto accelerator"),
        kw("counter", "Its counters", { aliases: ["counters"] }),
      ],
      ENGINE_MARKS,
    ],
  ] as const
).map(([words, mark]) =>
  exec({
    level: PRIVILEGED,
    form: [clear, crypto, ...words],
    run: ({ baselines, snapshot }: ExecContext) => {
      baselines.set(mark, snapshot);
      return DONE;
    },
  }),
);
