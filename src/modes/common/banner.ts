/**
 * A banner's text: what stands between two of the same character, over as many lines as it takes. Listings write the
 * delimiter as `^C`, which is what they call the character 0x03; both are read, and the first is printed.
 */

import type { ArgumentType } from "../../grammar/argument.ts";
import type { BlockReader } from "../../grammar/declaration.ts";

export interface BannerText {
  readonly delimiter: string;
  /** As typed, line ends as `\n`. */
  readonly text: string;
  /** The delimiter has come again. */
  readonly closed: boolean;
}

const CARET_C = "^C";
const ETX = "\x03";
/** For texts in which the usual one stands. */
const DELIMITERS = [CARET_C, "#", "%", "@", "~", "&", "+", "=", "$"] as const;

/** Nothing behind the closing delimiter counts. */
export const bannerText: ArgumentType<BannerText> = {
  placeholder: "LINE",
  verbatim: true,
  read(line, at) {
    const delimiter = line.startsWith(CARET_C, at) ? CARET_C : line.charAt(at);
    const rest = line.slice(at + delimiter.length);
    return { ok: true, value: upTo(delimiter, rest), end: line.length };
  },
  print(banner) {
    const delimiter = DELIMITERS.find((each) => !banner.text.includes(each)) ?? CARET_C;
    return `${delimiter}${banner.text}${banner.closed ? delimiter : ""}`;
  },
};

/** Texts by the moment at which they are shown. */
export type Banners = Readonly<Partial<Record<"motd" | "login" | "exec", readonly string[]>>>;

export function bannersOf(
  lines: readonly { readonly values: { readonly kind: string; readonly text: BannerText } }[],
): Banners {
  return Object.fromEntries(lines.map(({ values }) => [values.kind, bannerLines(values.text)]));
}

/** The lines of a banner as they are shown: the line end behind the first delimiter is not one of them. */
function bannerLines({ text }: BannerText): readonly string[] {
  const lines = text.split("\n");
  return lines[0] === "" ? lines.slice(1) : lines;
}

/** Reads on until the delimiter comes again; `undefined` when it has. */
export function bannerBlock<Values extends { readonly text: BannerText }>(values: Values): BlockReader | undefined {
  if (values.text.closed) return undefined;
  const { delimiter } = values.text;
  let text = values.text.text;
  return {
    notice: [`Enter TEXT message.  End with the character '${delimiter === ETX ? CARET_C : delimiter}'.`],
    take(line) {
      const banner = upTo(delimiter, line);
      text += `\n${banner.text}`;
      return banner.closed ? { ...values, text: { delimiter, text, closed: true } } : undefined;
    },
  };
}

/** `^C` and the character it stands for end each other's texts. */
function upTo(delimiter: string, line: string): BannerText {
  const ends = delimiter === CARET_C || delimiter === ETX ? [CARET_C, ETX] : [delimiter];
  const found = ends.map((end) => line.indexOf(end)).filter((at) => at >= 0);
  const at = found.length === 0 ? line.length : Math.min(...found);
  return { delimiter, text: line.slice(0, at), closed: found.length > 0 };
}
