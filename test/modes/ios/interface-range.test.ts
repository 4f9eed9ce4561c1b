import { expect, test } from "vitest";
import { ios } from "../../../src/modes/ios/dialect.ts";
import { TestShell } from "../../support/shell.ts";

function configuring(): TestShell {
  const router = new TestShell(ios);
  router.shell.enterConfiguration();
  return router;
}

function type(router: TestShell, ...lines: readonly string[]): string[] {
  return lines.flatMap((line) => router.shell.execute(line).lines);
}

/** The blocks of interfaces as they print. */
function interfaces(router: TestShell): string {
  const blocks = router.printed.split(/^!\n?/m).filter((block) => block.startsWith("interface"));
  return blocks.join("");
}

test("what is typed in a range is said of each of its interfaces, which are made where they are not", () => {
  const router = configuring();
  type(router, "interface FastEthernet0/1", "description Here before");
  expect(type(router, "interface range fa0/0 - 2 , lo 7", "shutdown", "ip mtu 1400")).toEqual([]);
  expect(router.shell.prompt()).toBe("Router(config-if-range)#");
  const lines = " ip mtu 1400\n shutdown\n";
  expect(interfaces(router)).toBe(
    `interface Loopback7\n${lines}interface FastEthernet0/0\n${lines}` +
      `interface FastEthernet0/1\n description Here before\n${lines}interface FastEthernet0/2\n${lines}`,
  );
  type(router, "no shutdown", "no ip mtu");
  expect(interfaces(router)).not.toMatch(/mtu|shutdown/);
  type(router, "no interface range FastEthernet0/0-2,Loopback7");
  expect(interfaces(router)).toBe("");
});

test.each([
  ["interface range fa0/3 - 1", "%Command rejected: Bad interface range"],
  ["interface range lo0 - 4000", "%Command rejected: Interface list is too long"],
])("`%s` is refused and makes nothing", (line, said) => {
  const router = configuring();
  expect(type(router, line)).toEqual([said]);
  expect(interfaces(router)).toBe("");
  expect(router.shell.prompt()).toBe("Router(config)#");
});

test("the caret stands under what is no interface", () => {
  const [caret = ""] = type(configuring(), "interface range fa0/0 - 2 , nowhere 1");
  expect(caret.indexOf("^")).toBe("Router(config)#interface range fa0/0 - 2 , ".length);
});

test("a range that loses one of its interfaces is left", () => {
  const router = configuring();
  type(router, "interface range lo 1 - 2");
  router.store.chassis.remove(undefined, router.store.chassis.lines[1]?.command ?? never(), {});
  expect(router.shell.prompt()).toBe("Router(config)#");
});

function never(): never {
  throw new Error("there is no second interface");
}

test("an interface below a port has a mode of its own, without what is the port's", () => {
  const router = configuring();
  const said = type(
    router,
    "interface fa0/0.10",
    "encapsulation dot1Q 10 native",
    "ip address 192.0.2.1 255.255.255.0",
  );
  expect(said).toEqual([]);
  expect(router.shell.prompt()).toBe("Router(config-subif)#");
  expect(interfaces(router)).toBe(
    "interface FastEthernet0/0.10\n encapsulation dot1Q 10 native\n ip address 192.0.2.1 255.255.255.0\n",
  );
  for (const line of ["duplex full", "speed 100", "ppp authentication chap"]) {
    expect(router.shell.execute(line)).toMatchObject({ ok: false });
  }
  expect(ios.compile(router.store).spec.virtualRouters[0]?.interfaces).toMatchObject([
    { name: "FastEthernet0/0.10", address: { address: "192.0.2.1", length: 24 } },
  ]);
});

test("a virtual template keeps the type that it was made with", () => {
  const router = configuring();
  expect(type(router, "interface Virtual-Template2 type tunnel", "interface Virtual-Template2")).toEqual([]);
  expect(type(router, "interface Virtual-Template2 type serial")[0]).toContain("cannot be changed");
  expect(type(router, "interface Loopback0 type tunnel").join()).toContain("Invalid input");
  expect(router.shell.help("interface Loopback0 ").map((row) => row.trim())).toEqual(["<cr>", ""]);
  expect(router.shell.help("interface Virtual-Template2 ")[0]).toContain("type");
  expect(interfaces(router)).toBe("interface Virtual-Template2 type tunnel\n");
  expect(ios.compile(router.store).spec.pppProfiles).toEqual([]);
});
