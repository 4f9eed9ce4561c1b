/** ISAKMP profiles as they are typed: keys, map entries, our own name and a table for some peers only, and `show` that names the profile. */

import { expect, test } from "vitest";
import { lab } from "../../src/cli/api/api.ts";

const NAT_OF_STAFF = "198.51.100.1";
const NAT_OF_GUESTS = "198.51.100.2";

const CONFIG = `hostname lns
ip domain name example.net
username fred password 0 fredPw
vpdn enable
vpdn-group 1
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
crypto keyring STAFF
 pre-shared-key address ${NAT_OF_STAFF} key staffKey
crypto keyring GUESTS
 pre-shared-key address ${NAT_OF_GUESTS} key guestKey
crypto isakmp policy 1
 encr 3des
 authentication pre-share
 group 2
crypto isakmp profile STAFF
 keyring STAFF
 match identity address 10.1.0.0 255.255.0.0
crypto isakmp profile GUESTS
 keyring GUESTS
 match identity address 10.2.0.0 255.255.0.0
crypto ipsec transform-set FOR-STAFF esp-3des esp-sha-hmac
 mode transport
crypto ipsec transform-set FOR-GUESTS esp-3des esp-md5-hmac
 mode transport
crypto dynamic-map DYN 10
 set nat demux
 set transform-set FOR-STAFF
 set isakmp-profile STAFF
crypto dynamic-map DYN 20
 set nat demux
 set transform-set FOR-GUESTS
 set isakmp-profile GUESTS
crypto map MAP 10 ipsec-isakmp dynamic DYN
interface Loopback0
 ip address 12.0.0.8 255.255.255.255
interface FastEthernet0/0
 ip address 203.0.113.1 255.255.255.0
 crypto map MAP
interface Virtual-Template1
 ip unnumbered Loopback0
 peer default ip address pool POOL
 ppp authentication ms-chap-v2 chap
ip local pool POOL 20.0.0.100 20.0.0.110
`;

function laboratory(config = CONFIG) {
  const net = lab({ config });
  expect(net.router.report?.refused).toEqual([]);
  const nats = { staff: net.nat(NAT_OF_STAFF), guests: net.nat(NAT_OF_GUESTS) };
  const client = (from: keyof typeof nats, address: string, psk = from === "staff" ? "staffKey" : "guestKey") =>
    net.client({ psk, user: "fred", password: "fredPw", behind: nats[from], address });
  const said = () => net.router.run("show logging").text;
  return { net, client, said, show: (command: string) => net.router.run(command).text };
}

test("each is served by the map entry of his profile, and show names it", () => {
  const { net, client, show, said } = laboratory();
  using _ = net;
  const [staff, guest] = [client("staff", "10.1.0.5"), client("guests", "10.2.0.5")];
  expect([staff.connect(), guest.connect()], said()).toEqual([true, true]);
  const made = net.router.snapshot.connections.map(({ gateway, peerProfile, sas }) => [
    peerProfile,
    gateway?.label.dynamicSequence,
    sas[0]?.proposal.label,
  ]);
  expect(made).toEqual([
    ["STAFF", 10, "FOR-STAFF"],
    ["GUESTS", 20, "FOR-GUESTS"],
  ]);
  expect(show("show crypto session")).toMatch(/Profile: STAFF\n[\s\S]*Profile: GUESTS\n/);
  expect(show("show crypto isakmp sa detail")).toMatch(/ISAKMP profile: STAFF\n[\s\S]*ISAKMP profile: GUESTS\n/);
  // A configuration that comes again leaves everybody with his own entry.
  net.router.paste("configure terminal\nip local pool MORE 20.0.1.1 20.0.1.9\nend\n");
  expect(net.router.snapshot.connections.map(({ gateway }) => gateway?.label.dynamicSequence)).toEqual([10, 20]);
  expect([staff.ping("12.0.0.8", 2), guest.ping("12.0.0.8", 2)]).toEqual([2, 2]);
});

test("who has a guest's key does not become staff by calling himself so", () => {
  const { net, client, said, show } = laboratory();
  using _ = net;
  expect(client("guests", "10.1.0.66").connect({ timeoutSeconds: 130 })).toBe(false);
  const reason = "its key is of keyring GUESTS, and profile STAFF takes keys of STAFF alone";
  expect(said()).toContain(reason);
  expect(show("show crypto isakmp failures")).toContain(reason);
  expect(net.router.snapshot.connections).toEqual([]);
});

test("whom no profile takes no entry serves, where all of them are of profiles", () => {
  const { net, client, said } = laboratory();
  using _ = net;
  expect(client("staff", "10.9.0.5").connect({ timeoutSeconds: 60 })).toBe(false);
  expect(said()).toContain("only peers of profile STAFF are served, and the peer is of none");
});

test("an entry without a profile serves everybody else; the profile of a whole map is that of its entries", () => {
  const open = CONFIG.replace(" set isakmp-profile GUESTS\n", "");
  const { net, client, said } = laboratory(open);
  using _ = net;
  expect(client("staff", "10.9.0.5").connect(), said()).toBe(true);
  expect(net.router.snapshot.connections[0]?.gateway?.label.dynamicSequence).toBe(20);
  const whole = open
    .replace(" set isakmp-profile STAFF\n", "")
    .replace("crypto map MAP 10", "crypto map MAP isakmp-profile STAFF\ncrypto map MAP 10");
  const second = laboratory(whole);
  using __ = second.net;
  expect(second.client("guests", "10.2.0.5").connect({ timeoutSeconds: 60 })).toBe(false);
  expect(second.client("staff", "10.1.0.5").connect(), second.said()).toBe(true);
});

test.each([
  ["self-identity fqdn", "@lns.example.net"],
  ["self-identity fqdn vpn.example.org", "@vpn.example.org"],
  ["self-identity user-fqdn lns@example.net", "user lns@example.net"],
  ["self-identity address", "203.0.113.1"],
])("%s: the client hears %s", (line, identity) => {
  const config = CONFIG.replace("\n keyring STAFF\n", `\n keyring STAFF\n ${line}\n`);
  const { net, client } = laboratory(`${config}crypto isakmp identity hostname\n`);
  using _ = net;
  const staff = client("staff", "10.1.0.5");
  expect(staff.connect()).toBe(true);
  expect(staff.log.join("\n")).toContain(`"identity":"${identity}"`);
});

test("crypto isakmp identity hostname is what everybody else hears", () => {
  const { net, client } = laboratory(`${CONFIG}crypto isakmp identity hostname\n`);
  using _ = net;
  const staff = client("staff", "10.1.0.5");
  expect(staff.connect()).toBe(true);
  expect(staff.log.join("\n")).toContain('"identity":"@lns.example.net"');
});

const VRF = CONFIG.replace("vpdn enable\n", "ip vrf CUSTOMER\n rd 64500:1\nvpdn enable\n")
  .replace("\n keyring STAFF\n", "\n keyring STAFF\n vrf CUSTOMER\n")
  .replace(
    "crypto keyring STAFF\n",
    "vpdn-group 2\n accept-dialin\n  protocol l2tp\n  virtual-template 1\n vpn vrf CUSTOMER\n no l2tp tunnel authentication\ncrypto keyring STAFF\n",
  );

test("vrf: tunnels of the profile's peers arrive in that table, and the group of that table takes them", () => {
  const { net, client, show, said } = laboratory(VRF);
  using _ = net;
  const [staff, guest] = [client("staff", "10.1.0.5"), client("guests", "10.2.0.5")];
  expect([staff.connect(), guest.connect()], said()).toEqual([true, true]);
  expect(net.router.snapshot.l2tp.tunnels.map(({ profile }) => profile?.name)).toEqual(["2", "1"]);
  expect([staff.ping("12.0.0.8", 3), guest.ping("12.0.0.8", 3)]).toEqual([3, 3]);
  expect(show("show crypto session detail")).toMatch(
    /fvrf: \(none\) ivrf: CUSTOMER\n[\s\S]*fvrf: \(none\) ivrf: \(none\)\n/,
  );
  expect(show("show crypto isakmp sa detail")).toMatch(/CUSTOMER/);
});

test("vrf of which no group takes tunnels leaves them where IPsec ends", () => {
  const { net, client, said } = laboratory(VRF.replace(" vpn vrf CUSTOMER\n", ""));
  using _ = net;
  expect(client("staff", "10.1.0.5").connect(), said()).toBe(true);
});
