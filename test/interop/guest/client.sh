# The client's daemons and what a user does with them; sourced by init.sh.

readonly CONTROL=/run/xl2tpd/control

wait_for() { # wait_for SECONDS COMMAND...: polls until the command succeeds
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

write_ipsec_configuration() {
  mkdir -p /etc/ipsec.d/{aacerts,acerts,cacerts,certs,crls,ocspcerts,private}
  export STRONGSWAN_CONF=/run/strongswan.conf
  # Few plugins: charon starts at once instead of probing everything that Debian ships.
  cat > "$STRONGSWAN_CONF" << CONF
charon {
  fragment_size = ${FRAGMENT:-1280}
  # Only for those who ask for it by a name: strongSwan, too, warns of aggressive mode with keys.
  i_dont_care_about_security_and_use_aggressive_mode_psk = yes
  load = random nonce aes sha1 sha2 md5 hmac kdf gmp openssl pem pkcs1 pkcs8 x509 pubkey revocation constraints kernel-netlink socket-default stroke updown
  filelog {
    log {
      path = $DIR/charon.log
      time_format = %H:%M:%S
      flush_line = yes
      default = 1
      ike = 2
      chd = 2
    }
    # The keys of phase 1, which the capture is decoded with; they come with much that nobody reads.
    keys {
      path = $DIR/ike-keys.log
      flush_line = yes
      default = -1
      ike = 4
    }
  }
}
CONF
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
  mount --bind /run/ipsec.conf /etc/ipsec.conf
  mount --bind /run/ipsec.secrets /etc/ipsec.secrets
}

authentication() {
  if [ -z "${CERTIFICATE:-}" ]; then
    printf '  %s\n' authby=secret rightid=%any ${NAME:+aggressive=yes leftid=@$NAME}
  else
    printf '  %s\n' authby=pubkey leftcert=client.pem "rightid=\"O=Interop, CN=$GATEWAY_NAME\""
  fi
}

write_l2tp_configuration() {
  mkdir -p /run/xl2tpd /run/lock /run/ppp
  cat > /run/xl2tpd.conf << CONF
[global]
debug state = yes
debug tunnel = yes
[lac lns]
lns = $SERVER
length bit = yes
ppp debug = yes
pppoptfile = /run/ppp.options
CONF
  : > /etc/ppp/options
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

start_client() {
  write_ipsec_configuration
  write_l2tp_configuration
  # Every SA there ever was, with its keys: short-lived ones are gone before anybody could ask for them.
  ip xfrm monitor SA > "$DIR/xfrm.log" 2>&1 &
  ipsec start
  xl2tpd -D -c /run/xl2tpd.conf -C "$CONTROL" -p /run/xl2tpd.pid > "$DIR/xl2tpd.log" 2>&1 &
  wait_for 15 charon_answers && wait_for 5 test -p "$CONTROL"
}

charon_answers() { ipsec statusall 2> /dev/null | grep -q '^ *l2tp:'; }

# ppp0 is named by the kernel: the first and only link of this guest.
ppp_address() { ip -4 -o addr show dev ppp0 2> /dev/null | grep 'inet'; }

ppp_decided() { [ -n "$(ppp_address)" ] || { [ -s "$DIR/ppp.log" ] && ! pidof -q pppd; }; }

ipsec_up() { timeout "${1:-15}" ipsec up l2tp; }

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
