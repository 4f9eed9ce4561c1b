/** What went over the wire, opened by tshark with the clients' keys: every layer is there and none is malformed. */

import type { Frame } from "../lab/capture.ts";
import type { Case } from "../lab/case.ts";
import { expect } from "../lab/command.ts";
import type { ClientOptions } from "../lab/guest.ts";
import { SERVER_ADDRESS, SERVER_ADDRESS_6 } from "../lab/network.ts";
import { pingWithoutLoss } from "../lab/ping.ts";
import { connect, type Stage } from "../lab/stage.ts";
import { IOS_LOOPBACK, JUNOSE_LOOPBACK } from "./routers.ts";
import { JUNOSE_PROPOSALS } from "./traffic.ts";

type Sender = "gateway" | "client";

interface Sight {
  readonly what: string;
  readonly from: Sender;
  test(frame: Frame): boolean;
}

const ID_PAYLOAD = "5";
const DELETE_PAYLOAD = "12";

function layer(name: string): Pick<Sight, "what" | "test"> {
  return { what: name, test: (frame) => frame.layers.includes("l2tp") && frame.layers.includes(name) };
}

function l2tpMessage(what: string, type: number): Pick<Sight, "what" | "test"> {
  return { what, test: (frame) => frame.layers.includes("esp") && frame.l2tpMessage === String(type) };
}

function ikeMessage(what: string, exchange: number, payload: string): Pick<Sight, "what" | "test"> {
  return { what, test: (frame) => frame.ikeExchange === String(exchange) && frame.ikePayloads.includes(payload) };
}

/** What the seed's figures show of a connection that came up, and of a gateway that stopped. */
const conversation: readonly Sight[] = [
  // An identity in it says that tshark could decrypt it.
  { from: "gateway", ...ikeMessage("main mode, decrypted", 2, ID_PAYLOAD) },
  { from: "gateway", ...ikeMessage("quick mode, decrypted", 32, ID_PAYLOAD) },
  { from: "client", ...l2tpMessage("SCCRQ", 1) },
  { from: "gateway", ...l2tpMessage("SCCRP", 2) },
  { from: "client", ...l2tpMessage("SCCCN", 3) },
  { from: "client", ...l2tpMessage("ICRQ", 10) },
  { from: "gateway", ...l2tpMessage("ICRP", 11) },
  { from: "client", ...l2tpMessage("ICCN", 12) },
  { from: "gateway", ...layer("lcp") },
  { from: "gateway", ...layer("chap") },
  { from: "gateway", ...layer("ipcp") },
  { from: "client", ...layer("icmp") },
  { from: "gateway", ...layer("icmp") },
];

const farewell: readonly Sight[] = [
  { from: "gateway", ...l2tpMessage("StopCCN", 4) },
  { from: "gateway", ...ikeMessage("delete, decrypted", 5, DELETE_PAYLOAD) },
];

interface Recording {
  readonly name: string;
  readonly expected: readonly Sight[];
  /** The client that comes by when no case before this one has recorded any, and what it pings. */
  readonly visitor: ClientOptions;
  readonly target: string;
}

/** A case that stops the gateway, if an earlier one has not, and reads the whole recording. */
function decoding(recording: Recording): Case {
  return {
    name: recording.name,
    async run(stage) {
      if (!stage.visited) await visit(stage, recording);
      if (!stage.gateway.ended) await stage.gateway.stop();
      // The goodbyes of gateway and clients are part of the recording.
      await stage.powerOffAll();
      const frames = await stage.frames();
      expectSound(frames);
      for (const sight of recording.expected) {
        const seen = frames.some((frame) => senderOf(frame) === sight.from && sight.test(frame));
        expect(seen, `no ${sight.what} from the ${sight.from} in ${frames.length} frames`);
      }
    },
  };
}

async function visit(stage: Stage, recording: Recording): Promise<void> {
  const client = await stage.boot(recording.visitor);
  await connect(client);
  await pingWithoutLoss(client, recording.target, 5);
}

function senderOf(frame: Frame): Sender {
  return [SERVER_ADDRESS, SERVER_ADDRESS_6].includes(frame.source) ? "gateway" : "client";
}

function expectSound(frames: readonly Frame[]): void {
  // A client with another pre-shared key sends what decrypts to nonsense; only the gateway's frames are on trial.
  const faulty = frames.filter((frame) => frame.fault !== "" && senderOf(frame) === "gateway");
  expect(faulty.length === 0, `${faulty.length} faulty frames from the gateway`, listed(faulty));
  const esp = frames.filter((frame) => frame.layers.includes("esp"));
  const closed = esp.filter((frame) => !frame.layers.includes("l2tp"));
  expect(
    closed.length === 0,
    `${closed.length} of ${esp.length} ESP frames hold no L2TP after decryption`,
    listed(closed),
  );
  const forged = esp.filter((frame) => !frame.authentic);
  expect(forged.length === 0, `${forged.length} of ${esp.length} ESP frames have a wrong check value`, listed(forged));
}

function listed(frames: readonly Frame[]): string {
  return frames
    .slice(0, 20)
    .map((frame) => `frame ${frame.number} from the ${senderOf(frame)}: ${frame.layers.join(":")} ${frame.fault}`)
    .join("\n");
}

export const decodingIos = decoding({
  name: "decoding-ios",
  expected: [...conversation, ...farewell],
  visitor: { refuse: ["mschap", "mschap-v2"] },
  target: IOS_LOOPBACK,
});

export const decodingJunose = decoding({
  name: "decoding-junose",
  expected: [...conversation, ...farewell],
  visitor: JUNOSE_PROPOSALS,
  target: JUNOSE_LOOPBACK,
});

export const decodingAlgorithms = decoding({
  name: "decoding-algorithms",
  expected: [{ from: "gateway", ...layer("pap") }],
  visitor: { refuse: ["chap", "mschap", "mschap-v2"] },
  target: IOS_LOOPBACK,
});
