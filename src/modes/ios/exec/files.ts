/** The files of the device: listed, shown, renamed, deleted, verified. */

import { digest } from "../../../engine/crypto/prf.ts";
import { shaped, word } from "../../../grammar/arguments.ts";
import { type ExecResult, exec, unsupported } from "../../../grammar/declaration.ts";
import { arg, flag, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import { type FileDevice, sizeOf } from "../../common/device-files.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { ask, confirm, withFiles } from "../../common/questions.ts";
import { isQuiet } from "../commands/files.ts";
import { type LocalFile, localFile, placeOf, shownName } from "../place.ts";
import { noSuchFile, remoteRefusal, textOf } from "./copy.ts";
import { PRIVILEGED, print, refused, show } from "./words.ts";

const DEVICES: readonly FileDevice[] = ["flash", "nvram"];
const url = word({ placeholder: "URL" });

/** `Mar 5 2024 10:11:12 +00:00`. */
function dateText(at: Date): string {
  // "Tue, 05 Mar 2024 10:11:12 GMT"
  const [, day = "", month = "", year = "", time = ""] = at.toUTCString().split(/,? /);
  return `${month} ${String(Number(day)).padStart(2)} ${year} ${time} +00:00`;
}

function listing({ files }: ExecContext, device: FileDevice): string[] {
  const { totalBytes, freeBytes } = files.space(device);
  const rows = files.list(device).map(({ name, sizeBytes, modifiedAt }, index) => {
    const number = String(index + 1).padStart(5);
    return `${number}  -rw-  ${String(sizeBytes).padStart(10)}  ${dateText(modifiedAt)}  ${name}`;
  });
  return [
    `Directory of ${device}:/`,
    "",
    ...(rows.length === 0 ? ["No files in directory"] : rows),
    "",
    `${totalBytes} bytes total (${freeBytes} bytes free)`,
  ];
}

const dir = exec({
  form: [
    kw("dir", "List files on a filesystem"),
    flag("hidden", "/all", "List all files"),
    flag("recursive", "/recursive", "List files recursively"),
    opt(
      oneOf(
        [
          pick("where", {
            all: "List files on all filesystems",
            "all-filesystems": "List files on all filesystems",
            "flash:": "Of flash:",
            "nvram:": "Of nvram:",
          }),
        ],
        [arg("where", url, "File system or file name")],
      ),
    ),
  ],
  run: (context: ExecContext, { where }) =>
    withFiles((): ExecResult => {
      const model = Object.fromEntries(DEVICES.map((device) => [device, context.files.list(device)]));
      if (where === "all" || where === "all-filesystems")
        return print(
          DEVICES.flatMap((each) => [...listing(context, each), ""]),
          model,
        );
      const place = localFile(where ?? "", context.terminal.directory);
      if (place === undefined) return { ok: false, lines: [`%Error opening ${where} (Invalid argument)`] };
      const { device, name } = place;
      if (name !== "" && context.files.read(device, name) === undefined) return noSuchFile(shownName(place));
      return print(listing(context, device), model[device]);
    }),
});

const more = exec({
  level: PRIVILEGED,
  form: [
    kw("more", "Display the contents of a file"),
    opt(pick("style", { "/ascii": "As text", "/binary": "As octets", "/ebcdic": "In another code" })),
    arg("file", url, "File to display"),
  ],
  run: (context: ExecContext, { file, style }) =>
    withFiles((): ExecResult => {
      if (style === "/ebcdic") return refused("% Files are text in ASCII here");
      const place = placeOf(file, context.terminal.directory);
      const refusal = remoteRefusal(place, file);
      if (refusal !== undefined || place === undefined) return refusal ?? {};
      const text = textOf(context, place);
      if (text === undefined) return noSuchFile(file);
      if (style === "/binary") return print(hexLines(new TextEncoder().encode(text)), text);
      return print(text.replace(/\n$/, "").split("\n"), text);
    }),
});

/** A file of this device by its name; a question asks for a name that is missing. */
function chosen({ terminal }: ExecContext, typed: string, then: (file: LocalFile) => ExecResult): ExecResult {
  const isStartup = placeOf(typed, terminal.directory)?.kind === "startup";
  const file = isStartup ? localFile("nvram:startup-config") : localFile(typed, terminal.directory);
  if (file === undefined) return { ok: false, lines: [`%Error parsing filename (${typed})`] };
  return withFiles(() => then(file));
}

function erase({ files, running }: ExecContext, file: LocalFile): ExecResult {
  if (file.device === "nvram" && file.name === "startup-config" && running.startup !== undefined) {
    running.setStartup(undefined);
    return {};
  }
  return files.remove(file.device, file.name) ? {} : noSuchFile(shownName(file));
}

const remove = exec({
  level: PRIVILEGED,
  form: [
    kw("delete", "Delete a file"),
    flag("recursive", "/recursive", "Recursive delete"),
    flag("force", "/force", "Force delete"),
    arg("file", url, "File to be deleted"),
  ],
  run: (context: ExecContext, { file: typed, force }) =>
    chosen(context, typed, (file) => {
      if (force === true || isQuiet(context.chassis)) return erase(context, file);
      return ask(`Delete filename [${file.name}]? `, file.name, (name) => {
        const meant = { device: file.device, name };
        return confirm(`Delete ${shownName(meant)}?`, () => withFiles(() => erase(context, meant)));
      });
    }),
});

function move({ files }: ExecContext, from: LocalFile, to: LocalFile): ExecResult {
  const content = files.readBytes(from.device, from.name);
  if (content === undefined) return noSuchFile(shownName(from));
  if (files.readBytes(to.device, to.name) !== undefined) {
    return { ok: false, lines: [`%Error renaming ${shownName(from)} to ${shownName(to)} (File exists)`] };
  }
  files.write(to.device, to.name, content);
  files.remove(from.device, from.name);
  return {};
}

const rename = exec({
  level: PRIVILEGED,
  form: [kw("rename", "Rename a file"), arg("from", url, "File to rename"), arg("to", url, "New name")],
  run: (context: ExecContext, { from, to }) =>
    chosen(context, from, (old) =>
      chosen(context, to, (file) => {
        if (isQuiet(context.chassis)) return move(context, old, file);
        return ask(`Destination filename [${file.name}]? `, file.name, (name) =>
          withFiles(() => move(context, old, { device: file.device, name })),
        );
      }),
    ),
});

const fileSystems = exec({
  form: [show, kw("file", "Show filesystem information"), kw("systems", "List filesystems")],
  run: ({ files }: ExecContext) => {
    const row = (mark: string, size: string, free: string, type: string, flags: string, prefix: string): string =>
      `${mark}${size.padStart(13)}${free.padStart(14)}${type.padStart(10)}${flags.padStart(7)}   ${prefix}`;
    const rows = DEVICES.map((device) => {
      const { totalBytes, freeBytes } = files.space(device);
      const type = device === "flash" ? "disk" : "nvram";
      return row(device === "flash" ? "*" : " ", `${totalBytes}`, `${freeBytes}`, type, "rw", `${device}:`);
    });
    return print(
      [
        "File Systems:",
        "",
        row(" ", "Size(b)", "Free(b)", "Type", "Flags", "Prefixes"),
        ...rows,
        row(" ", "-", "-", "opaque", "rw", "null:"),
        row(" ", "-", "-", "opaque", "ro", "system:"),
      ],
      DEVICES.map((device) => ({ device, ...files.space(device) })),
    );
  },
});

/** `show flash:`: another table than that of `dir`, of the same files. */
const showDevices = DEVICES.map((device) =>
  exec({
    form: [
      show,
      kw(`${device}:`, `Files of ${device}:`, { aliases: [device] }),
      opt(pick("part", { all: "Everything", filesys: "The filesystem", summary: "How full it is" })),
    ],
    run: ({ files }: ExecContext) =>
      withFiles((): ExecResult => {
        const { totalBytes, freeBytes } = files.space(device);
        const listed = files.list(device);
        const rows = listed.map(({ name, sizeBytes, modifiedAt }, index) =>
          [String(index + 1).padEnd(3), String(sizeBytes).padStart(10), dateText(modifiedAt), name].join(" "),
        );
        return print(
          [
            "-#- --length-- -----date/time------ path",
            ...rows,
            "",
            `${freeBytes} bytes available (${totalBytes - freeBytes} bytes used)`,
          ],
          listed,
        );
      }),
  }),
);

const fileInformation = exec({
  form: [
    show,
    kw("file", "Show filesystem information"),
    kw("information", "Show file information"),
    arg("file", url, "File to describe"),
  ],
  run: (context: ExecContext, { file }) =>
    withFiles((): ExecResult => {
      const place = placeOf(file, context.terminal.directory);
      const refusal = remoteRefusal(place, file);
      if (refusal !== undefined || place === undefined) return refusal ?? {};
      const text = textOf(context, place);
      if (text === undefined) return noSuchFile(file);
      return print([`${file}:`, "  type is ascii text"], { file, type: "text", octets: sizeOf(text) });
    }),
});

const pwd = exec({
  form: [kw("pwd", "Display current working directory")],
  run({ terminal }: ExecContext) {
    const directory = `${terminal.directory ?? "flash"}:`;
    return print([directory], directory);
  },
});

const cd = exec({
  level: PRIVILEGED,
  form: [kw("cd", "Change current directory"), opt(arg("where", url, "File system to go to; flash: when absent"))],
  run({ terminal }: ExecContext, { where = "flash:" }) {
    const place = localFile(where, terminal.directory);
    if (place === undefined || place.name !== "") {
      return { ok: false, lines: [`%Error changing directory to ${where} (No such directory)`] };
    }
    terminal.directory = place.device;
    return {};
  },
});

const flatCommands = (
  [
    ["mkdir", "Create new directory"],
    ["rmdir", "Remove existing directory"],
  ] as const
).map(([word, help]) =>
  exec({
    level: PRIVILEGED,
    form: [kw(word, help), arg("directory", url, "Directory name")],
    effect: unsupported("flash: and nvram: are flat here: they hold files and no directories"),
    run: (_context: ExecContext) => ({ ok: false }),
  }),
);

/** `00000000: 21 0a …    !.`, 16 octets in a line. */
function hexLines(octets: Uint8Array): string[] {
  return Array.from({ length: Math.ceil(octets.length / 16) }, (_, index) => {
    const row = [...octets.subarray(16 * index, 16 * index + 16)];
    const digits = row.map((octet) => octet.toString(16).toUpperCase().padStart(2, "0")).join("");
    const groups = digits.match(/.{1,8}/g)?.join(" ") ?? "";
    const text = row.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".")).join("");
    return `${(16 * index).toString(16).toUpperCase().padStart(8, "0")}: ${groups.padEnd(36)}  ${text}`;
  });
}

const signature = { ...shaped("HEX", /^[0-9a-f]{32}$/i), examples: ["0".repeat(32)] };

/** Files carry no signature of their own here: without a digest to compare with, all that is told is that one can be read whole. */
const verify = exec({
  level: PRIVILEGED,
  form: [
    kw("verify", "Verify a file"),
    flag("md5", "/md5", "Compute an md5 signature for a file"),
    arg("file", url, "File to be verified"),
    opt(arg("expected", signature, "Expected md5 signature")),
  ],
  run: (context: ExecContext, { file, expected, md5 }) =>
    withFiles((): ExecResult => {
      const place = placeOf(file, context.terminal.directory);
      const refusal = remoteRefusal(place, file);
      if (refusal !== undefined || place === undefined) return refusal ?? {};
      const text = textOf(context, place);
      if (text === undefined) return noSuchFile(file);
      const computed = Buffer.from(digest("md5", new TextEncoder().encode(text))).toString("hex");
      const dots = ".".repeat(1 + Math.floor(sizeOf(text) / OCTETS_OF_A_DOT));
      if (md5 === undefined && expected === undefined) {
        return print(
          [
            `Verifying file integrity of ${file}${dots}Done!`,
            `  Size               : ${sizeOf(text)} bytes`,
            `  Computed MD5 hash  : ${computed}`,
            "  Embedded hash      : none: files carry no signature here",
          ],
          { file, octets: sizeOf(text), md5: computed },
        );
      }
      if (expected === undefined) return print([`${dots}Done!`, `verify /md5 (${file}) = ${computed}`], computed);
      if (expected.toLowerCase() === computed)
        return print([`${dots}Done!`, `Verified (${file}) = ${computed}`], computed);
      return {
        ok: false,
        lines: [
          `${dots}Done!`,
          `%Error verifying ${file}`,
          `Computed signature  = ${computed}`,
          `Submitted signature = ${expected}`,
        ],
      };
    }),
});

/** The box prints a dot for so much that it has read. */
const OCTETS_OF_A_DOT = 65_536;

export const fileExecCommands = [
  dir,
  more,
  remove,
  rename,
  fileSystems,
  fileInformation,
  ...showDevices,
  pwd,
  cd,
  ...flatCommands,
  verify,
];
