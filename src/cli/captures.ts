/** The packet captures of a gateway: recorders with names, of which those that run watch its line module. */

import type { SecretOf } from "../dataplane/capture/isakmp-inside.ts";
import { INTERFACES, Recorder } from "../dataplane/capture/recorder.ts";
import type { OuterDatagram } from "../dataplane/datagram.ts";
import type { Direction, PacketTap } from "../dataplane/path/tap.ts";
import type { EspKeys } from "../engine/forwarding.ts";
import type { Address, Flow } from "../engine/kernel/address.ts";
import type { Log } from "../engine/kernel/log.ts";
import type { CaptureLine, CaptureSettings, Captures, CaptureView } from "../modes/common/captures.ts";
import type { Host } from "./host.ts";
import { VERSION } from "./version.ts";

const MEGABYTE = 1024 * 1024;
const DEFAULTS: CaptureSettings = { direction: "both", bufferMegabytes: 10, circular: false };

export interface CapturesContext {
  readonly host: Pick<Host, "date" | "after">;
  readonly log: Log;
  readonly secretOf: SecretOf;
  /** `undefined` = nobody watches any more. */
  watch(tap: PacketTap | undefined): void;
}

interface Capture {
  readonly name: string;
  settings: CaptureSettings;
  recorder: Recorder | undefined;
  /** Takes the time limit back. */
  running: (() => void) | undefined;
}

export class GatewayCaptures implements Captures, PacketTap {
  readonly #context: CapturesContext;
  readonly #captures = new Map<string, Capture>();

  constructor(context: CapturesContext) {
    this.#context = context;
  }

  get all(): readonly CaptureView[] {
    return Array.from(this.#captures.values(), viewOf);
  }

  get(name: string): CaptureView | undefined {
    const capture = this.#captures.get(name);
    return capture === undefined ? undefined : viewOf(capture);
  }

  define(name: string, settings: Partial<CaptureSettings>): boolean {
    const capture = this.#captures.get(name) ?? { name, settings: DEFAULTS, recorder: undefined, running: undefined };
    if (isActive(capture)) return false;
    capture.settings = { ...capture.settings, ...settings };
    this.#captures.set(name, capture);
    return true;
  }

  start(name: string): void {
    const capture = this.#captures.get(name);
    if (capture === undefined) return;
    // One that is full has not been stopped: its time limit must not end the next one.
    this.stop(name);
    const { host, secretOf, log } = this.#context;
    const { settings } = capture;
    capture.recorder = new Recorder(
      {
        octets: settings.bufferMegabytes * MEGABYTE,
        circular: settings.circular,
        packets: settings.packets,
        packetLength: settings.packetLength,
        direction: settings.direction,
        between: settings.between,
        local: settings.attached?.addresses,
      },
      () => host.date().getTime(),
      secretOf,
    );
    capture.running =
      settings.seconds === undefined ? () => undefined : host.after(settings.seconds * 1000, () => this.stop(name));
    log("system", "warning", "a packet capture began; it holds keys", { capture: name });
    this.#context.watch(this);
  }

  stop(name: string): void {
    const capture = this.#captures.get(name);
    if (capture?.running === undefined) return;
    capture.running();
    capture.running = undefined;
    this.#context.log("system", "info", "a packet capture ended", { capture: name });
    if (![...this.#captures.values()].some(({ running }) => running !== undefined)) this.#context.watch(undefined);
  }

  clear(name: string): void {
    const capture = this.#captures.get(name);
    if (capture === undefined) return;
    const goesOn = isActive(capture);
    this.stop(name);
    capture.recorder = undefined;
    if (goesOn) this.start(name);
  }

  remove(name: string): void {
    this.stop(name);
    this.#captures.delete(name);
  }

  file(name: string): Uint8Array {
    const { recorder } = this.#captures.get(name) ?? {};
    const empty = new Recorder({ octets: 0, circular: false, direction: "both" }, () => 0, this.#context.secretOf);
    return (recorder ?? empty).file(`lnsh ${VERSION}`);
  }

  /** The device starts anew with another line module: what was captured stays, and nothing runs. */
  stopAll(): void {
    for (const name of this.#captures.keys()) this.stop(name);
  }

  outer(direction: Direction, datagram: OuterDatagram): void {
    for (const { recorder, running } of this.#captures.values()) if (running) recorder?.outer(direction, datagram);
  }

  inner(direction: Direction, flow: Flow, datagram: Uint8Array): void {
    for (const { recorder, running } of this.#captures.values())
      if (running) recorder?.inner(direction, flow, datagram);
  }

  host(direction: Direction, localAddress: Address, packet: Uint8Array): void {
    for (const { recorder, running } of this.#captures.values())
      if (running) recorder?.host(direction, localAddress, packet);
  }

  sa(direction: Direction, flow: Flow, spi: number, keys: EspKeys): void {
    for (const { recorder, running } of this.#captures.values()) if (running) recorder?.sa(direction, flow, spi, keys);
  }
}

/** A full buffer ends a capture as much as `stop` does. */
function isActive({ running, recorder }: Capture): boolean {
  return running !== undefined && recorder?.isFull !== true;
}

function viewOf(capture: Capture): CaptureView {
  const { name, settings, recorder } = capture;
  const kept = recorder?.kept ?? 0;
  return {
    name,
    settings,
    isActive: isActive(capture),
    packets: kept,
    dropped: (recorder?.seen ?? 0) - kept,
    octets: recorder?.octets ?? 0,
    lines() {
      const packets = recorder?.packets ?? [];
      const first = packets[0]?.atMillis ?? 0;
      return packets.map(
        (packet): CaptureLine => ({
          interface: INTERFACES[packet.interface]?.name ?? "wire",
          direction: packet.direction,
          seconds: (packet.atMillis - first) / 1000,
          length: packet.length,
          octets: packet.octets,
        }),
      );
    },
  };
}
