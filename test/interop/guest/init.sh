#!/bin/bash
# Init of a User-Mode Linux guest that is one L2TP/IPsec client, or somebody else's server: strongSwan's charon, the kernel's
# ESP and L2TP, xl2tpd and pppd. The guest's root is the host's, read-only; it writes to DIR alone.
#
# The kernel hands every argument it does not know to init, as environment:
#   ROLE=client|server  what it is; a server reads PSK, LOGIN, PASSWORD, IKE and ESP of what follows. Default: client
#   CLIENT=1..6        which client: address 192.168.10.1N, tap N
#   DIR=PATH           directory on the host for logs and answers
#   SERVER=ADDRESS     the gateway; one of IPv6 gives the client 2001:db8:2::1N too
#   PSK= LOGIN= PASSWORD=
#   IKE= ESP=          proposals, as in ipsec.conf
#   IKE_LIFETIME= ESP_LIFETIME= REKEY_MARGIN=   as in ipsec.conf: 40s, 8h
#   DPD=               seconds of silence after which the client asks whether the gateway is alive: 5s
#   FRAGMENT=          octets above which messages of IKE leave in pieces
#   NAME=              aggressive mode, under this name
#   KEY= CERTIFICATE= AUTHORITY=PATH GATEWAY_NAME=   files in PEM instead of PSK, and the name in the gateway's certificate
#   REFUSE=pap,chap    PPP authentication protocols to refuse: pap chap mschap mschap-v2 eap
#   SCRIPT=PATH        sourced once the daemons run; the guest powers off when it ends. Default: serve.sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
here=$(dirname "$0")

mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2> /dev/null # most kernels have done it themselves
mkdir -p /dev/pts /dev/net
mount -t devpts devpts /dev/pts
for directory in /run /etc/ipsec.d /etc/ppp; do mount -t tmpfs tmp "$directory"; done
mount -t hostfs none "$DIR" -o "$DIR"
# Logs reach the host while the guest lives, so that a guest that has to be killed leaves them behind.
echo 20 > /proc/sys/vm/dirty_writeback_centisecs
echo 20 > /proc/sys/vm/dirty_expire_centisecs

# Debian keeps the guest kernel's modules apart from the host's; modprobe wants them under lib/modules of some root. All
# that is needed is loaded at once and the kernel asks for nothing more: each vain search would take it 0.2 s.
mkdir -p /run/kernel/lib/modules
ln -s "/usr/lib/uml/modules/$(uname -r)" "/run/kernel/lib/modules/$(uname -r)"
modprobe -d /run/kernel -a -q esp4 xfrm_user authenc echainiv drbg jitterentropy_rng cbc hmac md5 sha1_generic \
  sha256_generic sha512_generic des_generic aes_generic \
  ctr gcm ghash_generic seqiv ppp_generic l2tp_ppp
echo > /proc/sys/kernel/modprobe
[ -e /dev/ppp ] || mknod /dev/ppp c 108 0

ip link set lo up
ip link set vec0 address "52:54:00:00:00:0$CLIENT"
ip addr add "192.168.10.1$CLIENT/24" dev vec0
ip link set vec0 up
ip route add default via 192.168.10.1
case $SERVER in
  *:*)
    modprobe -d /run/kernel -a -q ipv6 esp6
    ip addr add "2001:db8:2::1$CLIENT/64" dev vec0 nodad
    ip route add default via 2001:db8:2::1
    ;;
esac

. "$here/daemons.sh"
. "$here/${ROLE:-client}.sh"
start_daemons > "$DIR/start.log" 2>&1 || echo "the guest's daemons did not start: see start.log"
[ "${ROLE:-client}" = server ] || start_relay
. "${SCRIPT:-$here/serve.sh}"

ipsec stop > /dev/null 2>&1
sync
poweroff -f 2> /dev/null
