/**
 * Distinguished names (RFC 5280 §4.1.2.4): read, written from the text that an operator types (`cn=gw, o=Example`),
 * printed, and compared as §7.1 asks: letters without their case, runs of blanks as one. A value that is no text that can
 * be printed is shown by its octets, so that no peer writes lines of its own into a log.
 */

import { DerReader, oid, sequence, set, tag, text } from "./der.ts";
import { oids } from "./object-identifiers.ts";

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

export interface DistinguishedName {
  /** As it was encoded; an ID payload carries it so. */
  readonly der: Uint8Array;
  /** In the order of the encoding: the widest first, in most certificates. */
  readonly parts: readonly (readonly NameAttribute[])[];
}

const MAX_PARTS = 32;
const MAX_VALUE = 1024;

/** RFC 4514 §3, and what else routers print. */
const words = {
  cn: "2.5.4.3",
  sn: "2.5.4.4",
  serialnumber: "2.5.4.5",
  c: "2.5.4.6",
  l: "2.5.4.7",
  st: "2.5.4.8",
  street: "2.5.4.9",
  o: "2.5.4.10",
  ou: "2.5.4.11",
  title: "2.5.4.12",
  gn: "2.5.4.42",
  dc: "0.9.2342.19200300.100.1.25",
  uid: "0.9.2342.19200300.100.1.1",
  ea: oids.emailAddress,
  hostname: oids.unstructuredName,
  ipaddress: oids.unstructuredAddress,
} as const satisfies Record<string, string>;

const synonyms: Readonly<Record<string, string>> = {
  e: oids.emailAddress,
  email: oids.emailAddress,
  emailaddress: oids.emailAddress,
  s: words.st,
  unstructuredname: oids.unstructuredName,
  unstructuredaddress: oids.unstructuredAddress,
};

const wordOf = new Map<string, string>(Object.entries(words).map(([word, number]) => [number, word]));

export function readName(reader: DerReader): DistinguishedName {
  const { content, whole } = reader.element(tag.sequence);
  const inner = new DerReader(content, "distinguished name");
  const parts: NameAttribute[][] = [];
  while (!inner.isEmpty) {
    if (parts.length === MAX_PARTS) inner.fail("tooMany");
    const relative = inner.inside(tag.set);
    const attributes: NameAttribute[] = [];
    while (!relative.isEmpty) {
      if (attributes.length === MAX_PARTS) inner.fail("tooMany");
      const attribute = relative.inside();
      const type = attribute.oid();
      const value = attribute.element();
      attribute.end();
      if (value.content.length > MAX_VALUE) inner.fail("badLength");
      attributes.push({ oid: type, value: textOf(value.tag, value.content) });
    }
    parts.push(attributes);
  }
  return { der: whole, parts };
}

/** The whole octets are a name and nothing else; throws `WireError`. */
export function decodeName(bytes: Uint8Array): DistinguishedName {
  const reader = new DerReader(bytes, "distinguished name");
  const name = readName(reader);
  reader.end();
  return name;
}

/** A string of any of the kinds that names use; octets that cannot be printed as `\xNN`. */
export function textOf(kind: number, content: Uint8Array): string {
  let decoded: string;
  switch (kind) {
    case tag.utf8String:
      decoded = new TextDecoder().decode(content);
      break;
    case tag.bmpString:
      decoded = Array.from({ length: content.length >> 1 }, (_, index) =>
        String.fromCharCode(((content[index * 2] ?? 0) << 8) | (content[index * 2 + 1] ?? 0)),
      ).join("");
      break;
    case tag.printableString:
    case tag.ia5String:
    case tag.teletexString:
      decoded = String.fromCharCode(...content);
      break;
    default:
      return Array.from(content, escaped).join("");
  }
  // Controls, direction marks and the like: what a terminal would act on.
  return decoded.replace(/[\p{C}\p{Zl}\p{Zp}\\]/gu, (character) => escaped(character.codePointAt(0) ?? 0));
}

function escaped(value: number): string {
  return value === 0x5c ? "\\\\" : `\\x${value.toString(16).padStart(2, "0")}`;
}

/** `cn=gw.example.net,o=Example`: the last part first, as RFC 4514 §2.1 and the boxes print it. */
export function nameText(name: DistinguishedName, separator = ","): string {
  return [...name.parts]
    .reverse()
    .map((part) => part.map(({ oid: type, value }) => `${wordOf.get(type) ?? type}=${quoted(value)}`).join("+"))
    .join(separator);
}

function quoted(value: string): string {
  return /^[ #]|[,+"<>;=]| $/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}

/** The first value of an attribute. */
export function attributeOf(name: DistinguishedName, word: keyof typeof words): string | undefined {
  return name.parts.flat().find((attribute) => attribute.oid === words[word])?.value;
}

export function isEmptyName(name: DistinguishedName): boolean {
  return name.parts.length === 0;
}

/** Equal for names that RFC 5280 §7.1 takes to be the same, and for no others. */
export function nameKey(name: DistinguishedName): string {
  return JSON.stringify(
    name.parts.map((part) => part.map(({ oid: type, value }) => `${type}=${folded(value)}`).sort()),
  );
}

function folded(value: string): string {
  return value.trim().replace(/\s+/g, " ").toLowerCase();
}

/** The name that was typed, widest part last; a reason in words where it is none. */
export function parseName(typed: string): DistinguishedName | { readonly fault: string } {
  const attributes: NameAttribute[] = [];
  for (const piece of piecesOf(typed)) {
    const [, word = "", value = ""] = /^\s*([A-Za-z0-9.]+)\s*=\s*(.*?)\s*$/.exec(piece) ?? [];
    const type = typeOf(word.toLowerCase());
    if (type === undefined)
      return {
        fault: word === "" ? `"${piece.trim()}" is not of the form name=value` : `"${word}" is no part of a name`,
      };
    if (value === "") return { fault: `"${word}" has no value` };
    attributes.unshift({ oid: type, value: unquoted(value) });
  }
  if (attributes.length === 0) return { fault: "the name is empty" };
  return makeName(attributes);
}

/** A part for each attribute, widest first. */
export function makeName(attributes: readonly NameAttribute[]): DistinguishedName {
  const encoded = sequence(
    ...attributes.map(({ oid: type, value }) => set(sequence(oid(type), text(kindOf(type, value), value)))),
  );
  return { der: encoded, parts: attributes.map((attribute) => [attribute]) };
}

/** RFC 5280 §4.1.2.4: UTF8String, but for what has a kind of its own; plain text is printable so that old peers read it. */
function kindOf(type: string, value: string): number {
  if (type === oids.emailAddress || type === oids.unstructuredName || type === words.dc) return tag.ia5String;
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? tag.printableString : tag.utf8String;
}

function typeOf(word: string): string | undefined {
  if (/^[012](\.\d+)+$/.test(word)) return word;
  return Object.hasOwn(words, word) ? words[word as keyof typeof words] : synonyms[word];
}

/** At commas and semicolons outside of quotation marks. */
function piecesOf(typed: string): string[] {
  return (typed.match(/(?:"(?:[^"\\]|\\.)*"|\\.|[^,;"])+/g) ?? []).filter((piece) => piece.trim() !== "");
}

function unquoted(value: string): string {
  const inner = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
  return inner.replace(/\\(.)/g, "$1");
}
