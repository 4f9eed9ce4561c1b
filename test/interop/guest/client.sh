# The daemons of a client, and what a user does with them; sourced by init.sh.

write_ipsec_configuration() {
  write_strongswan_configuration
  cat > /run/ipsec.conf << CONF
config setup
conn l2tp
  keyexchange=ikev1
  type=transport
$(authentication)
  left=%defaultroute
  leftprotoport=17/1701
  right=$SERVER
  rightprotoport=17/1701
  ike=${IKE:-aes128-sha1-modp2048}!
  esp=${ESP:-aes128-sha1}!
  ikelifetime=${IKE_LIFETIME:-8h}
  lifetime=${ESP_LIFETIME:-1h}
  margintime=${REKEY_MARGIN:-5m}
  rekeyfuzz=0%
  dpdaction=$([ -n "${DPD:-}" ] && echo restart || echo none)
  dpddelay=${DPD:-0s}
  auto=add
CONF
  if [ -n "${CERTIFICATE:-}" ]; then
    cp "$AUTHORITY" /etc/ipsec.d/cacerts/authority.pem
    cp "$CERTIFICATE" /etc/ipsec.d/certs/client.pem
    (umask 077 && cp "$KEY" /etc/ipsec.d/private/client.pem)
    echo ": RSA client.pem" > /run/ipsec.secrets
  else
    echo ": PSK \"$PSK\"" > /run/ipsec.secrets
  fi
}

authentication() {
  if [ -z "${CERTIFICATE:-}" ]; then
    printf '  %s\n' authby=secret rightid=%any ${NAME:+aggressive=yes leftid=@$NAME}
  else
    printf '  %s\n' authby=pubkey leftcert=client.pem "rightid=\"O=Interop, CN=$GATEWAY_NAME\""
  fi
}

write_l2tp_configuration() {
  cat > /run/xl2tpd.conf << CONF
[global]
debug state = yes
debug tunnel = yes
[lac lns]
lns = $(lns_address)
length bit = yes
ppp debug = yes
pppoptfile = /run/ppp.options
CONF
  {
    printf 'refuse-%s\n' ${REFUSE//,/ } eap
    cat << CONF
name $LOGIN
password $PASSWORD
noauth
noipdefault
ipcp-accept-local
ipcp-accept-remote
mtu 1400
mru 1400
lcp-echo-interval 10
lcp-echo-failure 3
lcp-max-terminate 1
nodetach
debug
logfile $DIR/ppp.log
CONF
  } > /run/ppp.options
}

# xl2tpd speaks IPv4 alone: towards IPv6 there is a relay.
lns_address() { case $SERVER in *:*) echo 127.0.0.1:1702 ;; *) echo "$SERVER" ;; esac; }

start_relay() {
  case $SERVER in *:*) perl "$here/relay.pl" 1702 "2001:db8:2::1$CLIENT" "$SERVER" > "$DIR/relay.log" 2>&1 & ;; esac
}

# ppp0 is named by the kernel: the first and only link of this guest.
ppp_address() { ip -4 -o addr show dev ppp0 2> /dev/null | grep 'inet'; }

ppp_decided() { [ -n "$(ppp_address)" ] || { [ -s "$DIR/ppp.log" ] && ! pidof -q pppd; }; }

ipsec_up() { timeout "${1:-60}" ipsec up l2tp; }

ppp_up() {
  rm -f "$DIR/ppp.log"
  echo "c lns" > "$CONTROL"
  wait_for 20 ppp_decided
  ppp_address
}

tunnel_up() { ipsec_up && ppp_up; }

ppp_down() {
  echo "d lns" > "$CONTROL"
  wait_for 10 ppp_is_gone
}

ppp_is_gone() { [ ! -e /sys/class/net/ppp0 ]; }

tunnel_down() {
  ppp_down
  ipsec down l2tp
}
