/**
 * `monitor capture` (as IOS XE has it, in both dialects): packets of the wire and what was inside of them, kept in memory and
 * written to a file that Wireshark opens. The file holds keys, so all of it is for the highest level.
 */

import { ANY_PREFIX, type Prefix } from "../../engine/kernel/address.ts";
import type { ArgumentType } from "../../grammar/argument.ts";
import { ipv4, shaped, uint } from "../../grammar/arguments.ts";
import { type ExecResult, exec } from "../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../grammar/elements.ts";
import type { CaptureLine, CaptureSettings, CaptureView } from "./captures.ts";
import type { ExecContext } from "./exec-context.ts";
import { withFiles } from "./questions.ts";

/** What differs between the dialects. */
export interface CaptureWords<Interface> {
  readonly level: number;
  readonly interface: ArgumentType<Interface>;
  readonly nameOf: (value: Interface) => string;
  readonly file: ArgumentType<string>;
  /** The file of flash that is meant; `undefined` = no such place. */
  readonly fileIn: (typed: string) => string | undefined;
}

const MAX_NAME = 8;
const BLOCK = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d|[12]\d|3[0-2])$/;

const captureName = {
  ...shaped("WORD", new RegExp(`^[A-Za-z][A-Za-z0-9_-]{0,${MAX_NAME - 1}}$`)),
  examples: ["mycap"],
};
const block = { ...shaped("A.B.C.D/nn", BLOCK), examples: ["192.0.2.0/24"] };

const monitor = kw("monitor", "Monitor packets");
const capture = kw("capture", "Packets on their way");
const name = arg("name", captureName, "Name of the capture");
const front = [monitor, capture, name] as const;

type End = { readonly host?: string | undefined; readonly block?: string | undefined };

function prefixOf({ host, block: text }: End): Prefix {
  if (host !== undefined) return { address: host, length: 32 };
  const [, address = "", length = ""] = BLOCK.exec(text ?? "") ?? [];
  return text === undefined ? ANY_PREFIX : { address, length: Number(length) };
}

function refused(text: string): ExecResult {
  return { ok: false, lines: [`% ${text}`] };
}

function unknown(capture_: string): ExecResult {
  return refused(`Capture ${capture_} does not exist`);
}

function define(context: ExecContext, capture_: string, settings: Partial<CaptureSettings>): ExecResult {
  return context.captures.define(capture_, settings) ? {} : refused(`Capture ${capture_} is active: stop it first`);
}

function act(context: ExecContext, capture_: string, action: "start" | "stop" | "clear"): ExecResult {
  const found = context.captures.get(capture_);
  if (found === undefined) return unknown(capture_);
  if (action === "start" && found.isActive) return refused(`Capture ${capture_} is already active`);
  if (action === "stop" && !found.isActive) return refused(`Capture ${capture_} is not active`);
  context.captures[action](capture_);
  const said = { start: "Started", stop: "Stopped", clear: "Cleared" }[action];
  return { lines: [`${said} capture point : ${capture_}`] };
}

/** `0x0000: 4500 ...` in rows of sixteen octets. */
function dumpOf(octets: Uint8Array): string[] {
  const rows: string[] = [];
  for (let at = 0; at < octets.length; at += 16) {
    const part = Buffer.from(octets.subarray(at, at + 16));
    const pairs = part
      .toString("hex")
      .toUpperCase()
      .replaceAll(/(.{4})(?=.)/g, "$1 ");
    const text = part.toString("latin1").replaceAll(/[^\x20-\x7e]/g, ".");
    rows.push(`  ${at.toString(16).padStart(4, "0").toUpperCase()}: ${pairs.padEnd(41)}${text}`);
  }
  return rows;
}

const PROTOCOLS: Readonly<Record<number, string>> = { 1: "ICMP", 6: "TCP", 17: "UDP", 50: "ESP" };

/** One line of a packet: its two ends and what it is. */
function briefOf(line: CaptureLine, index: number): string {
  const { octets } = line;
  const address = (at: number): string => octets.subarray(at, at + 4).join(".");
  const protocol = octets[9] ?? 0;
  const header = ((octets[0] ?? 0x45) & 15) * 4;
  const port = (at: number): string =>
    protocol === 17 || protocol === 6 ? `:${((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0)}` : "";
  const cells = [
    String(index).padStart(5),
    String(line.length).padStart(5),
    line.seconds.toFixed(6).padStart(12),
    ` ${`${address(12)}${port(header)}`.padEnd(21)}`,
    "->",
    `${address(16)}${port(header + 2)}`.padEnd(21),
    (PROTOCOLS[protocol] ?? String(protocol)).padEnd(4),
    line.interface,
  ];
  return cells.join(" ");
}

const RULE = "-".repeat(86);

function bufferOf(view: CaptureView, how: "brief" | "dump" | undefined): string[] {
  if (how === undefined) {
    return [
      ` buffer size (KB) : ${view.settings.bufferMegabytes * 1024}`,
      ` buffer used (KB) : ${Math.ceil(view.octets / 1024)}`,
      ` packets in buf   : ${view.packets}`,
      ` packets dropped  : ${view.dropped}`,
    ];
  }
  const lines = view.lines();
  if (lines.length === 0) return ["% Buffer is empty"];
  const head = [RULE, "   #   size    timestamp  source                   destination          protocol", RULE];
  if (how === "brief") return [...head, ...lines.map(briefOf)];
  return lines.flatMap((line, index) => [briefOf(line, index), ...dumpOf(line.octets), ""]);
}

function limit(value: number | undefined): string {
  return value === undefined ? "0 (no limit)" : String(value);
}

function parametersOf(view: CaptureView): string[] {
  const { settings } = view;
  const target =
    settings.attached === undefined
      ? `   Every address of the gateway, Direction: ${settings.direction}`
      : `   Interface: ${settings.attached.interface}, Direction: ${settings.direction}`;
  const block_ = ({ address, length }: Prefix): string => (length === 0 ? "any" : `${address}/${length}`);
  const filter =
    settings.between === undefined
      ? "   Capture all packets"
      : `   IPv4: between ${block_(settings.between[0])} and ${block_(settings.between[1])}`;
  return [
    `Status Information for Capture ${view.name}`,
    "  Target Type:",
    target,
    `   Status : ${view.isActive ? "Active" : "Inactive"}`,
    "  Filter Details:",
    filter,
    "  Buffer Details:",
    `   Buffer Type: ${settings.circular ? "CIRCULAR" : "LINEAR (default)"}`,
    `   Buffer Size (in MB): ${settings.bufferMegabytes}`,
    "  Limit Details:",
    `   Number of Packets to capture: ${limit(settings.packets)}`,
    `   Packet Capture duration: ${limit(settings.seconds)}`,
    `   Packet Size to capture: ${limit(settings.packetLength)}`,
  ];
}

function modelOf(view: CaptureView) {
  const { name: name_, settings, isActive, packets, dropped, octets } = view;
  return { name: name_, settings, isActive, packets, dropped, octets };
}

function show(context: ExecContext, wanted: string | undefined, buffer: boolean, how: "brief" | "dump" | undefined) {
  const found = wanted === undefined ? context.captures.all : [context.captures.get(wanted)];
  const views = found.filter((view) => view !== undefined);
  if (wanted !== undefined && views.length === 0) return unknown(wanted);
  return {
    lines: views.flatMap((view) => (buffer ? bufferOf(view, how) : parametersOf(view))),
    model: views.map((view) => (buffer ? { ...modelOf(view), lines: modelLines(view) } : modelOf(view))),
  };
}

function modelLines(view: CaptureView) {
  return view.lines().map(({ octets, ...line }) => ({ ...line, octets: Buffer.from(octets).toString("hex") }));
}

/** The address of an interface, in whichever virtual router it is. */
function addressesOf(context: ExecContext, wanted: string): readonly string[] {
  return context.snapshot.spec.virtualRouters
    .flatMap(({ interfaces }) => interfaces)
    .filter((one) => one.name === wanted)
    .flatMap(({ address }) => address?.address ?? []);
}

export function monitorCaptureCommands<Interface>(words: CaptureWords<Interface>) {
  const { level } = words;
  const direction = pick("direction", { both: "Both directions", in: "What comes", out: "What goes" });
  const end = (which: "from" | "to") =>
    oneOf(
      [kw("any", "Any address")],
      [kw("host", "One address"), arg(`${which}Host`, ipv4(), "Address")],
      [arg(`${which}Block`, block, "Addresses with a prefix length")],
    );
  return [
    exec({
      level,
      form: [
        ...front,
        kw("interface", "Packets of one interface"),
        arg("interface", words.interface, "Interface"),
        direction,
      ],
      run: (context: ExecContext, values) => {
        const named = words.nameOf(values.interface);
        const addresses = addressesOf(context, named);
        if (addresses.length === 0) return refused(`Interface ${named} has no address`);
        return define(context, values.name, {
          attached: { interface: named, addresses },
          direction: values.direction,
        });
      },
    }),
    exec({
      level,
      form: [
        ...front,
        kw("match", "Which packets"),
        oneOf(
          [pick("all", { any: "Every packet" })],
          [kw("ipv4", "Between two addresses of the outer packet, in either direction"), end("from"), end("to")],
        ),
      ],
      run: (context: ExecContext, values) => {
        const from = prefixOf({ host: values.fromHost, block: values.fromBlock });
        const to = prefixOf({ host: values.toHost, block: values.toBlock });
        return define(context, values.name, { between: values.all !== undefined ? undefined : [from, to] });
      },
    }),
    exec({
      level,
      form: [
        ...front,
        kw("buffer", "How much is kept"),
        oneOf(
          [
            kw("size", "Size of the buffer"),
            arg("megabytes", uint(1, 100), "Megabytes; 10 when absent"),
            flag("circular", "circular", "The oldest packets make room"),
          ],
          [pick("round", { circular: "The oldest packets make room" })],
        ),
      ],
      run: (context: ExecContext, values) =>
        define(context, values.name, {
          ...(values.megabytes === undefined ? {} : { bufferMegabytes: values.megabytes }),
          circular: values.circular === true || values.round !== undefined,
        }),
    }),
    exec({
      level,
      form: [
        ...front,
        kw("limit", "When to end"),
        oneOf(
          [kw("duration", "Time"), arg("seconds", uint(1, 1_000_000), "Seconds")],
          [kw("packets", "Number of packets"), arg("packets", uint(1, 100_000), "Packets")],
          [kw("packet-len", "Octets kept of each packet"), arg("packetLength", uint(64, 9500), "Octets")],
        ),
      ],
      run: (context: ExecContext, { name: wanted, ...limits }) =>
        define(
          context,
          wanted,
          Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) as typeof limits,
        ),
    }),
    exec({
      level,
      form: [...front, pick("action", { clear: "Forget what was captured", start: "Begin", stop: "End" })],
      run: (context: ExecContext, values) => act(context, values.name, values.action),
    }),
    exec({
      level,
      form: [...front, kw("export", "Write the packets and their keys to a file"), arg("file", words.file, "File")],
      run: (context: ExecContext, values) =>
        withFiles((): ExecResult => {
          const found = context.captures.get(values.name);
          if (found === undefined) return unknown(values.name);
          const file = words.fileIn(values.file);
          if (file === undefined) return refused(`${values.file}: only files of flash: can be written`);
          context.files.write("flash", file, context.captures.file(values.name));
          return { lines: ["Exported Successfully"] };
        }),
    }),
    exec({
      level,
      form: [kw("no", "Undo a command"), ...front],
      run: (context: ExecContext, values) => {
        if (context.captures.get(values.name) === undefined) return unknown(values.name);
        context.captures.remove(values.name);
        return {};
      },
    }),
    exec({
      level,
      form: [
        kw("show", "Show information"),
        kw("monitor", "Packets that are monitored"),
        capture,
        opt(
          arg("name", captureName, "Name of the capture"),
          opt(
            oneOf(
              [kw("parameter", "How it is set")],
              [
                flag("buffer", "buffer", "What was captured"),
                opt(pick("how", { brief: "A line for each packet", dump: "With all octets" })),
              ],
            ),
          ),
        ),
      ],
      run: (context: ExecContext, values) => show(context, values.name, values.buffer === true, values.how),
    }),
  ];
}
