import { expect, test } from "vitest";
import { interfaceName, ipv4, line, mask, quotedWord, shaped, uint, word } from "../../src/grammar/arguments.ts";
import { arg, type Element, flag, kw, many, oneOf, opt, pick } from "../../src/grammar/elements.ts";
import { ModeGrammar, type Readable } from "../../src/grammar/mode-grammar.ts";
import { renderForm } from "../../src/grammar/render.ts";

interface TestCommand extends Readable {
  readonly name: string;
}

function command(name: string, form: readonly Element[], key: readonly string[] = []): TestCommand {
  return { name, form, key };
}

const crypto = kw("crypto", "Encryption module");
const commands = [
  command(
    "policy",
    [crypto, kw("isakmp", "ISAKMP"), kw("policy", "Policy"), arg("priority", uint(1, 10_000), "Priority")],
    ["priority"],
  ),
  command(
    "isakmpKey",
    [
      crypto,
      kw("isakmp", "ISAKMP"),
      kw("key", "Key"),
      arg("key", word(), "Key"),
      oneOf(
        [kw("address", "Address"), arg("address", ipv4(), "Peer")],
        [kw("hostname", "Name"), arg("host", word(), "Peer")],
      ),
    ],
    ["address", "host"],
  ),
  command(
    "map",
    [
      crypto,
      kw("map", "Map"),
      arg("name", word(), "Tag"),
      opt(
        arg("sequence", uint(1, 65_535), "Sequence"),
        opt(kw("ipsec-isakmp", "IKE"), opt(kw("dynamic", "Dynamic"), arg("dynamic", word(), "Name"))),
      ),
    ],
    ["name"],
  ),
  command("encryption", [
    kw("encr", "Encryption", { aliases: ["encryption"] }),
    pick("cipher", { des: "DES", "3des": "3DES", aes: "AES" }),
  ]),
  command("shutdown", [kw("shutdown", "Shut down")]),
  command("show", [kw("show", "Show"), kw("version", "Version")]),
  command("showUsers", [kw("show", "Show"), kw("users", "Users"), flag("all", "all", "All of them")]),
  command("authentication", [
    kw("ppp", "PPP"),
    kw("authentication", "Methods"),
    many("methods", pick("method", { chap: "CHAP", "ms-chap": "MS-CHAP", "ms-chap-v2": "MS-CHAP v2", pap: "PAP" }), 4),
    opt(arg("list", word(), "List")),
  ]),
  command(
    "interface",
    [
      kw("interface", "Interface"),
      arg("name", interfaceName(["FastEthernet", "Loopback", "Virtual-Template"], ""), "Name"),
    ],
    ["name"],
  ),
  command("description", [kw("description", "Text"), arg("text", line(), "Text")]),
  command("ipAddress", [
    kw("ip", "IP"),
    kw("address", "Address"),
    arg("address", ipv4(), "Address"),
    flag("secondary", "secondary", "Second"),
  ]),
] as const;

const grammar = new ModeGrammar<TestCommand>(commands, { negatable: commands, validate: true });

function read(text: string): unknown {
  const result = grammar.read(text);
  return result.ok ? { name: result.command.name, manner: result.manner, values: result.values } : result.error;
}

test.each([
  ["crypto isakmp policy 1", "policy", { priority: 1 }],
  ["cr i p 7", "policy", { priority: 7 }],
  ["crypto isakmp key policy address 10.0.0.1", "isakmpKey", { key: "policy", address: "10.0.0.1" }],
  ["crypto isakmp key k hostname w2k01", "isakmpKey", { key: "k", host: "w2k01" }],
  ["crypto map M 10 ipsec-isakmp dynamic D", "map", { name: "M", sequence: 10, dynamic: "D" }],
  ["crypto map M", "map", { name: "M" }],
  ["encryption 3des", "encryption", { cipher: "3des" }],
  ["ENCR AES", "encryption", { cipher: "aes" }],
  ["sho u a", "showUsers", { all: true }],
  ["ppp authentication chap ms-chap", "authentication", { methods: ["chap", "ms-chap"] }],
  ["ppp authentication ms-chap-v2 pap MYLIST", "authentication", { methods: ["ms-chap-v2", "pap"], list: "MYLIST" }],
  ["interface fa0/0", "interface", { name: { type: "FastEthernet", number: "0/0" } }],
  ["int virtual-t 1", "interface", { name: { type: "Virtual-Template", number: "1" } }],
  ["int Virtual-Template1", "interface", { name: { type: "Virtual-Template", number: "1" } }],
  ["description  to the   office ", "description", { text: "to the   office" }],
])("%j is read as %s", (text, name, values) => {
  expect(read(text)).toEqual({ name, manner: "plain", values });
});

test.each([
  ["no shutdown", "shutdown", {}],
  ["no crypto isakmp policy 3", "policy", { priority: 3 }],
  ["no ip address", "ipAddress", {}],
  ["no enc", "encryption", {}],
])("%j is read as the negation of %s", (text, name, values) => {
  expect(read(text)).toEqual({ name, manner: "no", values });
});

test.each([
  ["crypto isakmp policy", { kind: "incomplete", at: 20 }],
  ["no crypto isakmp policy", { kind: "incomplete", at: 23 }],
  ["crypto isakmp policy 10001", { kind: "unknown", at: 21 }],
  ["crypto isakmp policy 1 x", { kind: "unknown", at: 23 }],
  ["show vex", { kind: "unknown", at: 7 }],
  ["show foo", { kind: "unknown", at: 5 }],
  ["s", { kind: "ambiguous", at: 0 }],
  ["int gi0/0", { kind: "unknown", at: 4 }],
  ["ip address 10.0.0.256", { kind: "unknown", at: 20 }],
])("%j is refused", (text, error) => {
  expect(read(text)).toEqual(error);
});

test("what was read prints as a line that reads back the same", () => {
  for (const text of [
    "crypto map M 10 ipsec-isakmp dynamic D",
    "crypto isakmp key k hostname w2k01",
    "ppp authentication chap pap LIST",
    "interface FastEthernet0/0",
    "ip address 1.2.3.4 secondary",
  ]) {
    const result = grammar.read(text);
    expect(result.ok && renderForm(result.command.form, result.values)).toBe(text);
  }
});

test("help lists what may come next, with <cr> where the line may end", () => {
  expect(grammar.help("crypto isakmp ")).toEqual({
    kind: "next",
    rows: [
      { word: "key", help: "Key" },
      { word: "policy", help: "Policy" },
    ],
  });
  expect(grammar.help("show users ")).toEqual({
    kind: "next",
    rows: [
      { word: "all", help: "All of them" },
      { word: "<cr>", help: "" },
    ],
  });
  expect(grammar.help("crypto isakmp policy ")).toEqual({
    kind: "next",
    rows: [{ word: "<1-10000>", help: "Priority" }],
  });
  expect(grammar.help("sh")).toEqual({ kind: "words", words: ["show", "shutdown"] });
  expect(grammar.help("no sh")).toEqual({ kind: "words", words: ["show", "shutdown"] });
  expect(grammar.help("zz")).toEqual({ kind: "none" });
});

test("Tab makes the only possible word whole", () => {
  expect(grammar.complete("crypto is")).toBe("crypto isakmp ");
  expect(grammar.complete("cr isa po")).toBe("cr isa policy ");
  expect(grammar.complete("sh")).toBeUndefined();
});

test("commands that mean different types by one placeholder each get their own reading of it", () => {
  const route = command("route", [kw("route", "R"), arg("to", ipv4(), "To"), kw("via", "V")]);
  const wide = command("wide", [kw("route", "R"), arg("mask", mask(), "Mask"), kw("wide", "W")]);
  const both = new ModeGrammar<TestCommand>([route, wide], { negatable: [], validate: true });
  expect(both.read("route 255.0.0.0 wide")).toMatchObject({ command: { name: "wide" }, values: { mask: 8 } });
  expect(both.read("route 255.0.0.0 via")).toMatchObject({ command: { name: "route" }, values: { to: "255.0.0.0" } });
  expect(both.read("route 10.0.0.1 wide")).toMatchObject({ ok: false, error: { kind: "incomplete" } });
});

test("of alternatives the one that says most is printed", () => {
  const form = [
    kw("route", "R"),
    oneOf(
      [arg("hop", ipv4(), "Hop")],
      [arg("interface", word(), "Interface"), opt(arg("hop", ipv4(), "Hop"))],
      [kw("blackhole", "None")],
    ),
  ];
  expect(renderForm(form, { hop: "10.0.0.1" })).toBe("route 10.0.0.1");
  expect(renderForm(form, { interface: "lo0", hop: "10.0.0.1" })).toBe("route lo0 10.0.0.1");
  expect(renderForm(form, { interface: "lo0" })).toBe("route lo0");
  expect(renderForm(form, {})).toBe("route blackhole");
});

test("what must follow no may differ from the form", () => {
  const map: TestCommand = {
    ...command(
      "map",
      [kw("map", "M"), arg("name", word(), "Name"), arg("number", uint(1, 9), "Number")],
      ["name", "number"],
    ),
    noForm: [kw("map", "M"), arg("name", word(), "Name"), opt(arg("number", uint(1, 9), "Number"))],
  };
  const maps = new ModeGrammar<TestCommand>([map], { negatable: [map], validate: true });
  expect(maps.read("no map A")).toMatchObject({ ok: true, manner: "no", values: { name: "A" } });
  expect(maps.read("no map A 3")).toMatchObject({ ok: true, values: { name: "A", number: 3 } });
  expect(maps.read("no map")).toMatchObject({ ok: false, error: { kind: "incomplete" } });
});

test("a key of alternatives is whole when one of them is", () => {
  expect(read("no crypto isakmp key k hostname w")).toEqual({
    name: "isakmpKey",
    manner: "no",
    values: { key: "k", host: "w" },
  });
  expect(read("no crypto isakmp key k")).toEqual({ kind: "incomplete", at: 22 });
});

test("Tab goes as far as all candidates agree", () => {
  const grown = new ModeGrammar<TestCommand>(
    [command("a", [kw("interface", "I")]), command("b", [kw("internal", "I")])],
    { negatable: [] },
  );
  expect(grown.complete("in")).toBe("inter");
  expect(grown.complete("inter")).toBeUndefined();
});

test.each([
  ["0.0.0.0", 0],
  ["255.255.255.255", 32],
  ["255.255.254.0", 23],
])("the mask %s is %d bits", (text, bits) => {
  expect(mask().read(text, 0)).toEqual({ ok: true, value: bits, end: text.length });
  expect(mask().print(bits)).toBe(text);
});

test("arguments point at the first character that cannot belong to them", () => {
  expect(mask().read("255.0.255.0", 0)).toEqual({ ok: false, at: 0 });
  expect(ipv4().read("10.0.0", 0)).toEqual({ ok: false, at: 6 });
  expect(ipv4().read("10..0.1", 0)).toEqual({ ok: false, at: 3 });
  expect(ipv4().read("10.0.0.1.2", 0)).toEqual({ ok: false, at: 8 });
  expect(uint(1, 9).read("12", 0)).toEqual({ ok: false, at: 0 });
  expect(uint(1, 99).read("1x", 0)).toEqual({ ok: false, at: 1 });
  expect(word({ max: 3 }).read("abcd", 0)).toEqual({ ok: false, at: 3 });
  expect(quotedWord().read('"a b" c', 0)).toEqual({ ok: true, value: "a b", end: 5 });
  expect(quotedWord().read('"a b', 0)).toEqual({ ok: false, at: 4 });
  expect(shaped("ASN:nn", /^\d+:\d+$/).read("1:1", 0)).toEqual({ ok: true, value: "1:1", end: 3 });
});

const withPorts = new ModeGrammar<TestCommand>(
  [
    command("port", [
      kw("interface", "Select an interface"),
      arg("name", interfaceName(["Loopback", "FastEthernet"], "", {}, { Loopback: "<0-99>" }), "Interface"),
      opt(kw("type", "Type")),
    ]),
  ],
  { negatable: [command("port", [kw("interface", "Select an interface")])] },
);

test("help and Tab know the types of interfaces, and what stands behind a type, glued to it or not", () => {
  const types = [
    { word: "FastEthernet", help: "FastEthernet interface" },
    { word: "Loopback", help: "Loopback interface" },
  ];
  expect(withPorts.help("interface ")).toEqual({ kind: "next", rows: types });
  expect(withPorts.help("interface l")).toEqual({ kind: "words", words: ["Loopback"] });
  const number = { kind: "next", rows: [{ word: "<0-99>", help: "Loopback interface number" }] };
  expect(["lo ", "loopback ", "loop1", "lo 1"].map((typed) => withPorts.help(`interface ${typed}`))).toEqual(
    Array(4).fill(number),
  );
  expect(withPorts.help("interface serial ").kind).toBe("none");
  expect(withPorts.help("interface lo1 ")).toMatchObject({ kind: "next", rows: [{ word: "type" }, { word: "<cr>" }] });
  expect(withPorts.complete("interface fa")).toBe("interface FastEthernet ");
});

test("behind `no` alone, help lists what can be negated", () => {
  expect(withPorts.help("no ")).toEqual({
    kind: "next",
    rows: [{ word: "interface", help: "Select an interface" }],
  });
});
