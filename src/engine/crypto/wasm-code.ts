/**
 * As much of a WebAssembly assembler (WebAssembly 2.0 §5) as straight code with vectors needs: a module with one memory and one function of one loop.
 * The octets are made when they are needed, so nothing compiled lies in the repository.
 */

const V128 = 0x7b;
const I32 = 0x7f;
const VECTOR = 0xfd;
/** WebAssembly knows no deeper nesting than block, so whatever has a length is made first and measured. */
type Octets = readonly number[];

/** Unsigned LEB128. */
function number(value: number): number[] {
  const octets: number[] = [];
  let rest = value;
  do {
    octets.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return octets;
}

function sized(octets: Octets): number[] {
  return [...number(octets.length), ...octets];
}

/** Code as a list that grows; a value is pushed and what takes it comes after it, as the machine works. */
export class WasmCode {
  readonly octets: number[] = [];

  get(local: number): this {
    return this.#put(0x20, ...number(local));
  }

  set(local: number): this {
    return this.#put(0x21, ...number(local));
  }

  tee(local: number): this {
    return this.#put(0x22, ...number(local));
  }

  /** A number from 0 to 63. */
  small(value: number): this {
    return this.#put(0x41, value);
  }

  addNumbers(): this {
    return this.#put(0x6a);
  }

  subtractNumbers(): this {
    return this.#put(0x6b);
  }

  /** `body` again and again, while it leaves a number that is not 0. */
  loop(body: () => void): this {
    this.#put(0x03, 0x40);
    body();
    return this.#put(0x0d, 0, 0x0b);
  }

  /** The number 64: too large for one octet of a signed number. */
  blockLength(): this {
    return this.#put(0x41, 0xc0, 0x00);
  }

  load(offset: number): this {
    return this.#vector(0x00, 0, ...number(offset));
  }

  store(offset: number): this {
    return this.#vector(0x0b, 0, ...number(offset));
  }

  /** The same word in all lanes. */
  words(value: number): this {
    const word = [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
    return this.#vector(0x0c, ...word, ...word, ...word, ...word);
  }

  /** Sixteen octets of the two vectors before it, by their number. */
  shuffle(picks: Octets): this {
    return this.#vector(0x0d, ...picks);
  }

  xor(): this {
    return this.#vector(0x51);
  }

  or(): this {
    return this.#vector(0x50);
  }

  /** Of three vectors: the first where the third has ones, the second elsewhere. */
  select(): this {
    return this.#vector(0x52);
  }

  add(): this {
    return this.#vector(0xae, 0x01);
  }

  shiftRight(bits: number): this {
    return this.small(bits).#vector(0xad, 0x01);
  }

  /** Words of a local rotated to the left. */
  rotated(local: number, bits: number): this {
    this.get(local).small(bits).#vector(0xab, 0x01);
    return this.get(local)
      .small(32 - bits)
      .#vector(0xad, 0x01)
      .or();
  }

  #vector(...octets: number[]): this {
    return this.#put(VECTOR, ...octets);
  }

  #put(...octets: number[]): this {
    for (const octet of octets) this.octets.push(octet);
    return this;
  }
}

/** A module with the memory `memory` of `pages` and the function `run`, which takes `parameters` numbers and has `vectors` locals behind them. */
export function wasmModule(
  pages: number,
  parameters: number,
  vectors: number,
  code: WasmCode,
): Uint8Array<ArrayBuffer> {
  const name = (text: string) => sized([...text].map((letter) => letter.charCodeAt(0)));
  const section = (id: number, ...items: Octets[]) => [id, ...sized([...number(items.length), ...items.flat()])];
  const body = [1, ...number(vectors), V128, ...code.octets, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [0x60, ...sized(Array.from({ length: parameters }, () => I32)), 0]),
    ...section(3, [0]),
    ...section(5, [0, ...number(pages)]),
    ...section(7, [...name("memory"), 2, 0], [...name("run"), 0, 0]),
    ...section(10, sized(body)),
  ]);
}
