import fc from "fast-check";
import { expect, test } from "vitest";
import { dialects } from "../../../src/modes/dialects.ts";
import { examine } from "../../../src/modes/shell/examine.ts";
import { readListing } from "../../../src/modes/shell/listing.ts";
import { countStates } from "../../../src/modes/shell/report.ts";
import { growth } from "../../support/growth.ts";

const texts = (raw: string) => readListing(raw).map(({ text }) => text);

test("the pager's mark goes, however the terminal wiped it out", () => {
  const wiped = [
    ` --More-- ${"\b".repeat(9)}        ${"\b".repeat(9)} ip address 192.0.2.1 255.255.255.0`,
    " --More-- \r          \r ip address 192.0.2.1 255.255.255.0",
    " --More--  ip address 192.0.2.1 255.255.255.0",
    "\u001b[7m --More-- \u001b[m\r          \r ip address 192.0.2.1 255.255.255.0",
  ];
  for (const line of wiped) {
    expect(texts(`interface Loopback0\n${line}`).map((text) => text.trim())).toEqual([
      "interface Loopback0",
      "ip address 192.0.2.1 255.255.255.0",
    ]);
  }
});

test("any line end is a line end, and a byte order mark is none of the text", () => {
  for (const end of ["\n", "\r\n", "\r", "\r\r\n"]) expect(texts(`\ufeffa${end}b${end}`)).toEqual(["a", "b", ""]);
});

test("time stamps of a terminal program go, and the column tells where the rest stands", () => {
  const [stamped] = readListing("[2019-03-04 10:11:12.123] hostname a");
  expect(stamped).toMatchObject({ text: "hostname a", offset: 26 });
  expect(texts("2019-03-04T10:11:12Z hostname a\n[10:11:12] hostname b")).toEqual(["hostname a", "hostname b"]);
});

test("time stamps go in the ways that terminal programs write them", () => {
  const stamps = ["[Mon Mar  4 10:11:12.123 2019] ", "[04/03/2019 10:11:12] ", "[4.3.2019 10:11:12.5] "];
  for (const stamp of stamps) {
    expect(readListing(`${stamp}hostname a`)[0]).toMatchObject({ text: "hostname a", offset: stamp.length });
  }
});

test("the margin of a mail program or an editor goes, where every line has one", () => {
  const lines = ["hostname a", "interface Loopback0", " description 1 b", "", "banner motd #", "  > hi", "#", "end"];
  const margins = [
    () => "> ",
    () => ">> ",
    (index: number) => `${index + 1}: `,
    (index: number) => `${String(index + 7).padStart(6)}\t`,
  ];
  for (const margin of margins) {
    const text = lines.map((line, index) => `${margin(index)}${line}`).join("\n");
    expect(texts(text)).toEqual(lines);
    expect(examine(dialects.ios, text, new Date(0)).report.refused).toEqual([]);
    const [first] = readListing(text);
    expect(first?.offset).toBe(margin(0).length);
  }
  const mixed = ["1 hostname a", "2 hostname b", "9 hostname c", "> hostname d"];
  expect(texts(mixed.join("\n"))).toEqual(mixed);
});

const CHAIN = [
  "crypto pki certificate chain TP",
  " certificate ca 01",
  "  3082023C 308201A5",
  "  \tquit",
  "hostname behind",
];

test("lines of a text have time stamps where the line has one that begins it", () => {
  const stamped = CHAIN.map((line) => `[10:11:12] ${line}`).join("\n");
  const { report } = examine(dialects.ios, `${stamped}\n[10:11:12] banner motd #`, new Date(0));
  expect(report.lines.map(({ outcome }) => outcome.kind)).toEqual([...Array(5).fill("applied"), "refused"]);
  expect(report.lines[2]).toMatchObject({ text: "  3082023C 308201A5", offset: 11 });
  const banner = examine(dialects.ios, "banner motd #\n[10:11:12] all is well\n#", new Date(0));
  expect(banner.report.lines[1]?.text).toBe("[10:11:12] all is well");
});

test("a text that never ends is refused, and what stands behind it is read", () => {
  const read = (text: string) =>
    examine(dialects.ios, text, new Date(0)).report.lines.map(({ text, outcome }) => [
      text,
      outcome.kind === "refused" ? outcome.fault.reason : outcome.kind,
    ]);
  expect(read("banner motd #\nhostname a\n ip classless\nend")).toEqual([
    ["banner motd #", "the text that begins here has no end"],
    ["hostname a", "applied"],
    [" ip classless", "inert"],
    ["end", "applied"],
  ]);
  // The line that begins the text is itself in two halves.
  expect(read("R1(config)#banner\nmotd #\nhostname a").map(([, what]) => what)).toEqual([
    "the text that begins here has no end",
    "applied",
  ]);
  const cut = CHAIN.filter((line) => !line.includes("quit")).join("\n");
  expect(read(cut)).toEqual([
    ["crypto pki certificate chain TP", "applied"],
    [" certificate ca 01", "the text that begins here has no end"],
    ["  3082023C 308201A5", "it stands below line 2, which was refused"],
    ["hostname behind", "applied"],
  ]);
  expect(read(cut.replace("308201A5", "308201AO\n  3F")).map(([, what]) => what)).toEqual([
    "applied",
    "the text that begins here has no end",
    "it stands below line 2, which was refused",
    "it stands below line 2, which was refused",
    "applied",
  ]);
});

test("a number that is none of the few there are is wrong, and not a word that nobody knows", () => {
  const { report } = examine(dialects.ios, "crypto isakmp policy 10\n group 99\n group modp", new Date(0));
  const faults = report.refused.map(({ outcome }) => (outcome.kind === "refused" ? outcome.fault : undefined));
  expect(faults.map((fault) => [fault?.state, fault?.reason])).toEqual([
    ["wrong", '"99" does not fit here'],
    ["unknown", '"modp" is not known here'],
  ]);
});

test("texts without an end are read again only so often", () => {
  const listing = (count: number) =>
    Array.from({ length: count }, (_, index) => `banner motd ${String.fromCodePoint(0x4e00 + index)}`).join("\n");
  expect(examine(dialects.ios, listing(4000), new Date(0)).report.lines).toHaveLength(4000);
});

test("of show tech-support the configuration is read, and nothing else", () => {
  const parts = [
    "------------------ show version ------------------",
    "",
    "hostname of the show",
    "------------------ show running-config ------------------",
    "hostname real",
    "------------------ show stacks ------------------",
    "hostname of the stacks",
  ];
  const kept = (text: string) => readListing(text).flatMap(({ furniture, text }) => (furniture ? [] : [text]));
  expect(kept(parts.join("\n"))).toEqual(["hostname real"]);
  expect(kept(["R1#show tech-support", ...parts, "R1#exit"].join("\n"))).toEqual([
    "show tech-support",
    "hostname real",
    "exit",
  ]);
});

test("what was typed over is not there", () => {
  expect(texts("hostname x\b \bbox")).toEqual(["hostname box"]);
});

test("a copied prompt says where the line was typed", () => {
  expect(readListing("- host1:boston(config)#ipsec option nat-t")[0]).toMatchObject({
    text: "ipsec option nat-t",
    offset: 23,
    place: { configuring: true, virtualRouter: "boston" },
  });
});

test("what the box and the terminal program say between the lines is furniture", () => {
  const said = [
    "login as: admin",
    'Using username "admin".',
    "Keyboard-interactive authentication prompts from server:",
    "| Password:",
    "|",
    "End of keyboard-interactive prompts from server",
    "admin@192.0.2.1's password: ",
    "Trying 192.0.2.1 ... Open",
    "Connection closed by foreign host.",
    "Destination filename [startup-config]? ",
    "                     ^",
    "% Invalid input detected at '^' marker.",
    "%Error opening flash:/x (No such file or directory)",
    "^Z",
    "NOTICE 12/01/2008 10:12:33 UTC ike: a peer came",
    "*Mar  1 00:03:12.345: %LINK-3-UPDOWN: Interface Loopback0, changed state to up",
    "# what the writer of the listing says",
    "% NOTE: This new crypto map will remain disabled until a peer",
    "        and a valid access list have been configured.",
    "The name for the keys will be: a.example.net",
    "Choose the size of the key modulus in the range of 360 to 2048 for your",
    "  General Purpose Keys. Choosing a key modulus greater than 512 may take",
    "  a few minutes.",
    "How many bits in the modulus [512]: 1024",
    'Translating "shwo"...domain server (255.255.255.255)',
  ];
  expect(readListing(said.join("\n")).filter(({ furniture }) => !furniture)).toEqual([]);
});

test("a line behind a message of the box is its own where it is no sentence", () => {
  const kept = readListing(
    "interface Loopback0\n%LINK-3-UPDOWN: Interface Loopback0\n  ip address 192.0.2.1 255.255.255.0",
  );
  expect(kept.filter(({ furniture }) => !furniture)).toHaveLength(2);
});

test("what a command behind a prompt prints is furniture up to the next prompt, unless it is a configuration", () => {
  const kept = (text: string) =>
    readListing(text)
      .filter(({ furniture }) => !furniture)
      .map((line) => line.text);
  expect(kept("R1#show ip int brief\nInterface  IP-Address\nLoopback0  unassigned\nR1#conf t\nhostname x")).toEqual([
    "show ip int brief",
    "conf t",
    "hostname x",
  ]);
  expect(kept("R1(config-if)#do show clock\n10:11:12.000 UTC\nR1(config-if)#shutdown")).toEqual([
    "do show clock",
    "shutdown",
  ]);
  expect(kept("r:a#show configuration\nhostname x\nr:a#show ipsec ike-sa\nLocal:Port Remote:Port")).toEqual([
    "hostname x",
    "show ipsec ike-sa",
  ]);
});

test("behind copied prompts, what was typed in a mode that was refused is refused with it", () => {
  const { report } = examine(
    dialects.ios,
    [
      "R1(config)#interfac virtual-tmplate 1",
      "R1(config-if)#ip unnumbered lo0",
      "R1(config-if)#!",
      "R1(config-if)#hostname inside",
      "R1(config)#hostname outside",
    ].join("\n"),
    new Date(0),
  );
  expect(report.lines.map(({ outcome }) => (outcome.kind === "refused" ? outcome.fault.reason : outcome.kind))).toEqual(
    [
      '"virtual-tmplate" does not fit here',
      "it stands below line 1, which was refused",
      "skipped",
      "it stands below line 1, which was refused",
      "applied",
    ],
  );
});

test("whatever is read, there is a report for each line of it and its counts agree", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "interface Loopback0",
      " --More-- \b\b\b",
      "crypto isakmp polic 1",
      " ip address 1.2.3",
      "!",
      "end",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
      for (const dialect of Object.values(dialects)) {
        const { report } = examine(dialect, lines.join(end), new Date(0));
        const counts = countStates(report.lines);
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(report.lines.length);
        for (const { outcome, text } of report.lines) {
          if (outcome.kind !== "refused") continue;
          expect(outcome.fault.at).toBeLessThanOrEqual(text.length);
          expect(outcome.fault.reason).not.toBe("");
        }
      }
    }),
    { seed: 12, numRuns: 60 },
  );
});

test("a line's nearest command is understood where the line stood", () => {
  const wrong = [
    "crypto isakmp polcy 1",
    "interfce Loopback0",
    "vpnd enable",
    "ip locl pool A 10.0.0.1 10.0.0.2",
    "hostnam x y",
  ];
  for (const text of wrong) {
    const [line] = examine(dialects.ios, text, new Date(0)).report.lines;
    const nearest = line?.outcome.kind === "refused" ? line.outcome.fault.nearest : undefined;
    expect(nearest).toBeDefined();
    expect(examine(dialects.ios, nearest ?? "", new Date(0)).report.refused).toEqual([]);
  }
});

test("lines that nobody knows cost the same each, however many there are", () => {
  const read = (count: number): void => {
    const text = Array.from({ length: count }, (_, index) => `rubbish${index} number ${index}`).join("\n");
    expect(examine(dialects.ios, text, new Date(0)).report.refused).toHaveLength(count);
  };
  expect(growth(read, 100, 10)).toBeLessThan(40);
});
