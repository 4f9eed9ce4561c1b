/** `show running-config` in all its forms, and `show startup-config`. */

import { type InterfaceName, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { STARTUP_FILE, sizeOf } from "../../common/device-files.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { withFiles } from "../../common/questions.ts";
import { anyInterface, nameOf } from "../arguments.ts";
import { derivedBody } from "../show/derived-config.ts";
import { blockOf, blocksOf, framed, numbered } from "../show/running-config.ts";
import { viewsOf } from "./show-interfaces.ts";
import { PRIVILEGED, print, show } from "./words.ts";

/** What starts the blocks of a part of the configuration. */
const PARTS = {
  "access-list": /^(access-list|ip access-list) /,
  crypto: /^crypto /,
  interface: /^interface /,
  "ip-local-pool": /^ip local pool /,
  line: /^line /,
  router: /^router /,
  snmp: /^snmp-server /,
  vpdn: /^vpdn/,
} as const;

const partHelp: Readonly<Record<keyof typeof PARTS, string>> = {
  "access-list": "Access lists",
  crypto: "IKE and IPsec",
  interface: "Interfaces",
  "ip-local-pool": "Pools of addresses",
  line: "Terminal lines",
  router: "Routing protocols",
  snmp: "SNMP",
  vpdn: "VPDN",
};

interface Wanted {
  readonly interface?: InterfaceName;
  readonly part?: keyof typeof PARTS;
  readonly vrf?: string;
  /** The word that blocks begin with, and the name that stands at their end. */
  readonly blocks?: string;
  readonly map?: string;
}

/** The lines that are asked for; all of them when nothing is. */
function chosen(body: readonly string[], wanted: Wanted): readonly string[] | undefined {
  if (wanted.interface !== undefined) return ["!", ...blockOf(body, `interface ${nameOf(wanted.interface)}`)];
  if (wanted.part !== undefined) {
    const start = PARTS[wanted.part];
    return [
      "!",
      ...blocksOf(body)
        .filter(([first = ""]) => start.test(first))
        .flat(),
    ];
  }
  const { blocks: head, map } = wanted;
  if (head !== undefined) {
    const isMeant = (first: string): boolean =>
      first.startsWith(`${head} `) && (map === undefined || first.endsWith(` ${map}`));
    const found = blocksOf(body).filter(([first = ""]) => isMeant(first));
    return ["!", ...found.flat()];
  }
  if (wanted.vrf !== undefined) {
    const names = ["vrf", "forwarding", "definition"].map((word) => `${word} ${wanted.vrf} `);
    const isOf = (line: string): boolean => /\bvrf\b/.test(line) && names.some((name) => `${line} `.includes(name));
    const blocks = blocksOf(body).filter((block) => block.some(isOf));
    return ["!", ...blocks.flat()];
  }
  return undefined;
}

export const showRunning = exec({
  level: PRIVILEGED,
  form: [
    show,
    kw("running-config", "Current operating configuration"),
    opt(
      oneOf(
        [pick("view", { all: "With the defaults", brief: "Without certificates", full: "The whole of it" })],
        [kw("interface", "Show interface configuration"), arg("interface", anyInterface, "Interface")],
        [kw("partition", "Show one part of it"), pick("part", partHelp)],
        [kw("vrf", "Show what belongs to a VRF"), arg("vrf", word(), "Name of the VRF")],
        [kw("view", "View options"), pick("full", { full: "The whole of it" })],
        [
          pick("blocks", { "class-map": "Class maps", "map-class": "Map classes", "policy-map": "Policy maps" }),
          opt(arg("map", word(), "Name")),
        ],
      ),
    ),
    flag("numbers", "linenum", "With line numbers"),
  ],
  run: ({ running }: ExecContext, values) => {
    const { dialect, store, record } = running;
    const body = values.view === "all" ? dialect.renderAll(store) : dialect.render(store);
    const wanted: Wanted = {
      ...(values.interface === undefined ? {} : { interface: values.interface }),
      ...(values.part === undefined ? {} : { part: values.part }),
      ...(values.vrf === undefined ? {} : { vrf: values.vrf }),
      ...(values.blocks === undefined ? {} : { blocks: values.blocks }),
      ...(values.map === undefined ? {} : { map: values.map }),
    };
    const part = chosen(body, wanted);
    const document = part === undefined ? dialect.document(body, record) : [...part, "end"];
    const lines = framed(document);
    return print(values.numbers === true ? numbered(lines, document) : lines, document);
  },
});

export const showDerived = exec({
  level: PRIVILEGED,
  form: [
    show,
    kw("derived-config", "Configuration with what sessions were given"),
    opt(kw("interface", "Show interface configuration"), arg("interface", anyInterface, "Interface")),
  ],
  run: (context: ExecContext, { interface: port }) => {
    const { dialect, store, record } = context.running;
    const body = derivedBody(viewsOf(context), dialect.render(store));
    const lines =
      port === undefined ? dialect.document(body, record) : ["!", ...blockOf(body, `interface ${nameOf(port)}`), "end"];
    return print(framed(lines, "Derived"), lines);
  },
});

export const showStartup = exec({
  level: PRIVILEGED,
  form: [
    show,
    pick("file", {
      "startup-config": "Contents of startup configuration",
      configuration: "Contents of Non-Volatile memory",
    }),
  ],
  run: ({ running, files }: ExecContext) =>
    withFiles(() => {
      const text = running.startup;
      if (text === undefined) return { ok: false, lines: [`${STARTUP_FILE} is not present`] };
      const lines = text.replace(/\n$/, "").split("\n");
      return print([`Using ${sizeOf(text)} out of ${files.space("nvram").totalBytes} bytes`, ...lines, ""], lines);
    }),
});

export const showConfigurationLock = exec({
  level: PRIVILEGED,
  form: [
    show,
    kw("configuration", "Contents of Non-Volatile memory"),
    kw("lock", "Who alone may change the configuration"),
  ],
  run: ({ running }: ExecContext) => {
    const { lockedBy } = running.configurators;
    const isLocked = lockedBy !== undefined;
    const rows = {
      TTY: lockedBy ?? "-1",
      Type: isLocked ? "EXCLUSIVE" : "NO LOCK",
      State: isLocked ? "LOCKED" : "FREE",
    };
    const lines = Object.entries(rows).map(([name, value]) => `${name.padEnd(21)}: ${value}`);
    return print(["Parser Configure Lock", "-".repeat(54), ...lines], { lockedBy: lockedBy ?? null });
  },
});
