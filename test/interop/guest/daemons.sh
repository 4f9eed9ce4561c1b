# What a client and a server of the lab have in common: strongSwan's charon and xl2tpd; sourced by init.sh, and after it
# the one that writes their configurations: client.sh or server.sh.

readonly CONTROL=/run/xl2tpd/control

# On a machine that is busy, or slow, it takes five times as long.
wait_for() { # wait_for SECONDS COMMAND...: polls until the command succeeds
  local deadline=$((SECONDS + 5 * $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

write_strongswan_configuration() {
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
}

start_daemons() {
  write_ipsec_configuration
  mkdir -p /run/xl2tpd /run/lock /run/ppp
  : > /etc/ppp/options
  write_l2tp_configuration
  mount --bind /run/ipsec.conf /etc/ipsec.conf
  mount --bind /run/ipsec.secrets /etc/ipsec.secrets
  # Every SA there ever was, with its keys: short-lived ones are gone before anybody could ask for them.
  ip xfrm monitor SA > "$DIR/xfrm.log" 2>&1 &
  ipsec start
  xl2tpd -D -c /run/xl2tpd.conf -C "$CONTROL" -p /run/xl2tpd.pid > "$DIR/xl2tpd.log" 2>&1 &
  wait_for 15 charon_answers && wait_for 5 test -p "$CONTROL"
}

charon_answers() { ipsec statusall 2> /dev/null | grep -q '^ *l2tp:'; }
