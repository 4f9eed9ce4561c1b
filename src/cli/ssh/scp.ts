/**
 * The protocol behind `scp -O`: control lines (`C0644 SIZE NAME`), the file's octets, and an octet in answer to each step: 0 = go on, 1 =
 * a complaint, 2 = the end. There is no standard; this is what every implementation since BSD's speaks. Directories are refused.
 * Pure: octets in, octets out.
 */

import { type DeviceTree, devicePath, pathText, type Written } from "./device-paths.ts";

/** Configurations and scripts are small; what is larger is no configuration. */
export const LARGEST_UPLOAD = 16 * 1024 * 1024;
const LONGEST_LINE = 4096;

const OK = Buffer.from([0]);

export interface ScpStep {
  readonly reply: Buffer;
  /** For the user of the peer, beside the conversation: lines that say more than a complaint can. */
  readonly told?: string;
  /** The conversation is over, with this exit status. */
  readonly status: number | undefined;
}

export interface Scp {
  /** What is sent before anything came. */
  start(): ScpStep;
  feed(bytes: Buffer): ScpStep;
  /** The peer has nothing more to say. */
  end(): number;
}

/** One line is all that the protocol has room for. */
function complaint(text: string): Buffer {
  return Buffer.from(`\x01scp: ${text.split("\n", 1)[0]}\n`);
}

/** The options and the path of an `scp` command; `undefined` when it is none that a server is asked for. */
export function scpCommand(command: string): { readonly direction: "to" | "from"; readonly path: string } | undefined {
  const match = /^scp((?:\s+-[a-zA-Z]+)+)\s+(?:--\s+)?(\S.*)$/.exec(command.trim());
  const options = (match?.[1] ?? "").replaceAll(/[\s-]/g, "");
  const path = match?.[2]?.replace(/^(['"])(.*)\1$/, "$2");
  if (path === undefined) return undefined;
  if (options.includes("t")) return { direction: "to", path };
  return options.includes("f") ? { direction: "from", path } : undefined;
}

/** `scp FILE device:PATH`: takes files. */
export class ScpSink implements Scp {
  readonly #tree: DeviceTree;
  readonly #target: string;
  #line = Buffer.alloc(0);
  #file: { readonly name: string; readonly octets: Buffer; filled: number } | undefined;
  #failed = false;
  #told = "";

  constructor(tree: DeviceTree, target: string) {
    this.#tree = tree;
    this.#target = target;
  }

  start(): ScpStep {
    return { reply: OK, status: undefined };
  }

  feed(bytes: Buffer): ScpStep {
    const replies: Buffer[] = [];
    let rest = bytes;
    while (rest.length > 0) {
      const file = this.#file;
      if (file !== undefined) {
        rest = this.#fill(file, rest, replies);
        continue;
      }
      const end = rest.indexOf(0x0a);
      const part = end < 0 ? rest : rest.subarray(0, end);
      this.#line = Buffer.concat([this.#line, part]);
      if (this.#line.length > LONGEST_LINE) {
        return { reply: Buffer.concat([...replies, complaint("line too long")]), status: 1 };
      }
      if (end < 0) break;
      rest = rest.subarray(end + 1);
      const line = this.#line.toString("utf8");
      this.#line = Buffer.alloc(0);
      const fatal = this.#control(line, replies);
      if (fatal) return { reply: Buffer.concat(replies), status: 1 };
    }
    const told = this.#told;
    this.#told = "";
    return { reply: Buffer.concat(replies), status: undefined, ...(told === "" ? {} : { told }) };
  }

  end(): number {
    return this.#failed || this.#file !== undefined ? 1 : 0;
  }

  #fill(
    file: { readonly name: string; readonly octets: Buffer; filled: number },
    bytes: Buffer,
    replies: Buffer[],
  ): Buffer {
    const wanted = file.octets.length - file.filled;
    const part = bytes.subarray(0, wanted);
    part.copy(file.octets, file.filled);
    file.filled += part.length;
    const rest = bytes.subarray(part.length);
    // One more octet says that the sender read the file whole.
    if (file.filled < file.octets.length || rest.length === 0) return rest;
    this.#file = undefined;
    const written =
      rest[0] === 0 ? this.#write(file.name, file.octets) : { ok: false, message: "the file was cut short" };
    this.#failed ||= !written.ok;
    replies.push(written.ok ? OK : complaint(written.message));
    const [, ...more] = written.message.split("\n");
    this.#told += more.map((line) => `${line}\n`).join("");
    return rest.subarray(1);
  }

  #write(name: string, octets: Buffer): Written {
    const target = devicePath(this.#target);
    const inside =
      target?.kind === "flash" || target?.kind === "root" ? devicePath(`${pathText(target)}/${name}`) : target;
    if (inside === undefined) return { ok: false, message: `${this.#target}: no such file or directory` };
    return this.#tree.write(inside, octets);
  }

  /** True when the conversation cannot go on. */
  #control(line: string, replies: Buffer[]): boolean {
    const copied = /^C[0-7]{4} (\d{1,15}) (\S.*)$/.exec(line);
    if (copied !== null) {
      const [, size = "", name = ""] = copied;
      if (Number(size) > LARGEST_UPLOAD) {
        replies.push(complaint(`${name}: larger than ${LARGEST_UPLOAD} octets`));
        this.#failed = true;
        return true;
      }
      this.#file = { name, octets: Buffer.alloc(Number(size)), filled: 0 };
      replies.push(OK);
      return false;
    }
    if (line.startsWith("T")) {
      replies.push(OK);
      return false;
    }
    this.#failed = true;
    if (line.startsWith("\x01") || line.startsWith("\x02")) return true;
    replies.push(complaint(line.startsWith("D") ? "directories are not taken" : "protocol error"));
    return true;
  }
}

/** `scp device:PATH FILE`: gives one file. */
export class ScpSource implements Scp {
  readonly #text: Buffer | undefined;
  readonly #path: string;
  readonly #steps: Buffer[] = [];

  constructor(tree: DeviceTree, path: string) {
    const place = devicePath(path);
    const text = place === undefined ? undefined : tree.read(place);
    this.#path = path;
    this.#text = text === undefined ? undefined : Buffer.from(text);
    if (place === undefined || this.#text === undefined) return;
    const name = pathText(place).split("/").at(-1) ?? "";
    this.#steps = [Buffer.from(`C0600 ${this.#text.length} ${name}\n`), Buffer.concat([this.#text, OK])];
  }

  start(): ScpStep {
    if (this.#text !== undefined) return { reply: Buffer.alloc(0), status: undefined };
    return { reply: complaint(`${this.#path}: no such file`), status: 1 };
  }

  /** Each octet 0 of the peer asks for the next step. */
  feed(bytes: Buffer): ScpStep {
    const replies: Buffer[] = [];
    for (const octet of bytes) {
      if (octet !== 0) return { reply: Buffer.concat(replies), status: 1 };
      const step = this.#steps.shift();
      if (step === undefined) return { reply: Buffer.concat(replies), status: 0 };
      replies.push(step);
    }
    return { reply: Buffer.concat(replies), status: undefined };
  }

  end(): number {
    return this.#steps.length === 0 && this.#text !== undefined ? 0 : 1;
  }
}
