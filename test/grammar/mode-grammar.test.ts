import { expect, test } from "vitest";
import { interfaceName, ipv4, line, uint, word } from "../../src/grammar/arguments.ts";
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
