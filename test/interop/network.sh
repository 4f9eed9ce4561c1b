#!/bin/bash
# The lab's wires, in two network namespaces of their own:
#
#   lnsh-srv 203.0.113.1 ---- 203.0.113.2 lnsh-nat 192.168.10.1/24 ---- tap1..tap6, one for each client
#
# Both wires also speak IPv6: 2001:db8:1::1 ---- 2001:db8:1::2, and 2001:db8:2::1/64 inside.
#
# Client 4 is routed as it is; the others are translated, in both families. 192.168.10.101 to 110 are there for clients of our own, in lnsh-nat.
#
# network.sh up | down | move | pids. `up` begins with `down`, so that it mends what a killed run left behind.
set -eu

srv=lnsh-srv
nat=lnsh-nat

down() {
  local namespace
  for namespace in "$srv" "$nat"; do
    if [ -e "/run/netns/$namespace" ]; then ip netns del "$namespace"; fi
  done
}

up() {
  down
  trap down ERR
  ip netns add "$srv"
  ip netns add "$nat"
  ip link add wan netns "$srv" type veth peer name wan netns "$nat"

  ip -n "$srv" link set lo up
  ip -n "$srv" addr add 203.0.113.1/24 dev wan
  # The kernel cuts runs of datagrams before they are recorded, as it does for a card that cannot.
  ip -n "$srv" link set wan gso_max_segs 1
  ip -n "$srv" link set wan up
  ip -n "$srv" route add 192.168.10.14 via 203.0.113.2
  ip -n "$srv" addr add 2001:db8:1::1/64 dev wan nodad
  ip -n "$srv" route add 2001:db8:2::14 via 2001:db8:1::2

  ip -n "$nat" link set lo up
  ip -n "$nat" addr add 203.0.113.2/24 dev wan
  ip -n "$nat" addr add 2001:db8:1::2/64 dev wan nodad
  ip -n "$nat" link set wan up
  ip -n "$nat" link add lan type bridge
  ip -n "$nat" addr add 192.168.10.1/24 dev lan
  ip -n "$nat" addr add 2001:db8:2::1/64 dev lan nodad
  ip -n "$nat" link set lan up
  local client host
  for host in 101 102 103 104 105 106 107 108 109 110; do ip -n "$nat" addr add "192.168.10.$host/24" dev lan; done
  for client in 1 2 3 4 5 6; do
    ip -n "$nat" tuntap add "tap$client" mode tap
    ip -n "$nat" link set "tap$client" master lan up
  done

  ip netns exec "$nat" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  ip netns exec "$nat" nft -f - << 'RULES'
table ip lnsh {
  chain postrouting {
    type nat hook postrouting priority srcnat
    oifname "wan" ip saddr != 192.168.10.14 masquerade
  }
  # A NAT that its users rely on: nobody outside reaches a client that did not speak first.
  chain forward {
    type filter hook forward priority filter; policy drop
    iifname "lan" accept
    ct state established,related accept
  }
}
table ip6 lnsh {
  chain postrouting {
    type nat hook postrouting priority srcnat
    oifname "wan" ip6 saddr != 2001:db8:2::14 masquerade
  }
}
RULES
  trap - ERR
}

# The NAT comes back with another address and remembers nobody: masquerading forgets what an address that goes had carried.
move() {
  ip -n "$nat" addr del 203.0.113.2/24 dev wan
  ip -n "$nat" addr add 203.0.113.3/24 dev wan
}

# The processes inside the lab; a second run must not pull the wires from under a first.
pids() {
  local namespace
  for namespace in "$srv" "$nat"; do
    if [ -e "/run/netns/$namespace" ]; then ip netns pids "$namespace"; fi
  done
}

case ${1:-} in
  up | down | move | pids) "$1" ;;
  *)
    echo "usage: network.sh up|down|move|pids" >&2
    exit 2
    ;;
esac
