/** Reads what a pcapng file holds, by the draft and not by the writer. */

export interface CapturedBlock {
  readonly type: number;
  /** Of a packet; -1 elsewhere. */
  readonly interface: number;
  readonly octets: Buffer;
  readonly length: number;
  /** Since 1970, of a packet; -1 elsewhere. */
  readonly microseconds: number;
  readonly comments: readonly string[];
}

const SECTION = 0x0a0d_0d0a;
const PACKET = 6;

export function pcapngBlocks(file: Uint8Array): CapturedBlock[] {
  const bytes = Buffer.from(file);
  const blocks: CapturedBlock[] = [];
  for (let at = 0; at < bytes.length; ) {
    const type = bytes.readUInt32LE(at);
    const total = bytes.readUInt32LE(at + 4);
    if (total % 4 !== 0 || bytes.readUInt32LE(at + total - 4) !== total) throw new Error(`block at ${at} is broken`);
    const body = bytes.subarray(at + 8, at + total - 4);
    const kept = type === PACKET ? body.readUInt32LE(12) : 0;
    const optionsAt = type === SECTION ? 16 : type === PACKET ? 20 + Math.ceil(kept / 4) * 4 : 8;
    blocks.push({
      type,
      interface: type === PACKET ? body.readUInt32LE(0) : -1,
      octets: body.subarray(20, 20 + kept),
      length: type === PACKET ? body.readUInt32LE(16) : 0,
      microseconds: type === PACKET ? body.readUInt32LE(4) * 2 ** 32 + body.readUInt32LE(8) : -1,
      comments: commentsOf(body.subarray(optionsAt)),
    });
    at += total;
  }
  return blocks;
}

function commentsOf(options: Buffer): string[] {
  const comments: string[] = [];
  for (let at = 0; at + 4 <= options.length; ) {
    const code = options.readUInt16LE(at);
    const length = options.readUInt16LE(at + 2);
    if (code === 0) break;
    if (code === 1) comments.push(options.toString("utf8", at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return comments;
}
