import { expect, test } from "vitest";
import { createRouter } from "../../../../src/cli/api/api.ts";

test("interfaces are listed by slot, in whatever VRF they are, and those without a slot behind them", () => {
  const typed = [
    "Loopback0",
    "FastEthernet1/1",
    "GigabitEthernet0/1.20",
    "FastEthernet1/0",
    "GigabitEthernet0/1",
    "Serial0/0/0",
    "Vlan10",
    "GigabitEthernet0/0",
    "GigabitEthernet0/1.3",
  ];
  const blocks = typed.map((name, index) => {
    const encapsulation = name.includes(".") ? ` encapsulation dot1Q ${index + 2}\n` : "";
    const vrf = name === "FastEthernet1/0" ? " ip vrf forwarding RED\n" : "";
    return `interface ${name}\n${encapsulation}${vrf} ip address 10.0.${index}.1 255.255.255.0\n`;
  });
  using router = createRouter({ dialect: "ios", config: `ip vrf RED\n${blocks.join("")}` });
  expect(router.report.refused).toEqual([]);
  const rows = router.run("show ip interface brief").text.split("\n").slice(1);
  expect(rows.map((row) => row.split(" ")[0])).toEqual([
    "GigabitEthernet0/0",
    "GigabitEthernet0/1",
    "GigabitEthernet0/1.3",
    "GigabitEthernet0/1.20",
    "FastEthernet1/0",
    "FastEthernet1/1",
    "Serial0/0/0",
    "Loopback0",
    "Vlan10",
  ]);
});
