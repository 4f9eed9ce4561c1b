# A server that is not ours, as tutorials set one up: strongSwan with one key for everybody, xl2tpd as LNS, pppd that asks for MS-CHAP v2;
# sourced by init.sh. Whoever comes in pings POOL_GATEWAY.

readonly POOL_GATEWAY=10.77.0.1

write_ipsec_configuration() {
  write_strongswan_configuration
  # Peers behind a NAT and before it, from port 1701 or any other; a second one from the same address takes the policy of the first.
  cat > /run/ipsec.conf << CONF
config setup
  uniqueids=no
conn l2tp
  keyexchange=ikev1
  type=transport
  authby=secret
  left=%defaultroute
  leftprotoport=17/1701
  right=%any
  rightprotoport=17/%any
  ike=${IKE:-aes256-sha256-modp2048,aes256-sha1-modp2048,aes128-sha1-modp2048,3des-sha1-modp1024}!
  esp=${ESP:-aes256-sha256,aes256-sha1,aes128-sha1,3des-sha1}!
  rekey=no
  auto=add
CONF
  echo "%any : PSK \"$PSK\"" > /run/ipsec.secrets
}

write_l2tp_configuration() {
  cat > /run/xl2tpd.conf << CONF
[global]
port = 1701
debug state = yes
debug tunnel = yes
[lns default]
ip range = 10.77.0.10-10.77.0.250
local ip = $POOL_GATEWAY
refuse pap = yes
require authentication = yes
name = somebody-else
length bit = yes
ppp debug = yes
pppoptfile = /run/ppp.options
CONF
  cat > /run/ppp.options << CONF
require-mschap-v2
ipcp-accept-local
ipcp-accept-remote
mtu 1400
mru 1400
lcp-echo-interval 10
lcp-echo-failure 3
nodefaultroute
debug
logfile $DIR/ppp.log
CONF
  echo "\"$LOGIN\" * \"$PASSWORD\" *" > /etc/ppp/chap-secrets
}

links() { ip -o link show type ppp | wc -l; }

# Everybody has gone: no link, no SA, no policy of a peer.
is_empty() { [ "$(links)" = 0 ] && [ -z "$(ip xfrm state)" ]; }
