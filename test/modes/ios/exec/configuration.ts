/** The configuration behind the golden transcripts; every secret in it is `tigerlily`. */

export const CONFIGURATION = `
hostname RN
aaa new-model
aaa authentication ppp default local
username randy password 0 tigerlily
crypto isakmp policy 10
 encr 3des
 authentication pre-share
 group 2
crypto isakmp key tigerlily address 0.0.0.0 0.0.0.0
crypto isakmp profile P
 keyring default
 match identity address 10.0.0.0 255.0.0.0
crypto ipsec transform-set TS esp-3des esp-sha-hmac
 mode transport
crypto ipsec profile IP
 set transform-set TS
crypto dynamic-map DM 10
 set transform-set TS
crypto map CM 10 ipsec-isakmp dynamic DM
interface Loopback0
 ip address 10.0.0.1 255.255.255.255
interface GigabitEthernet0/1
 description to the world
 ip address 20.21.22.1 255.255.255.0
 crypto map CM
interface Virtual-Template1
 ip unnumbered Loopback0
 ppp authentication ms-chap-v2
vpdn enable
vpdn-group L2TP_SERVER
 accept-dialin
  protocol l2tp
  virtual-template 1
 no l2tp tunnel authentication
ip local pool VPN 192.168.99.1 192.168.99.9
ip vrf BLUE
 rd 65000:1
interface GigabitEthernet0/2
 ip vrf forwarding BLUE
 ip address 10.9.9.1 255.255.255.0
 shutdown
ip route 0.0.0.0 0.0.0.0 20.21.22.254
ip route 10.50.0.0 255.255.0.0 192.168.99.1
access-list 7 permit 10.1.2.3
access-list 7 deny 192.168.1.0 0.0.0.255
access-list 7 permit any
access-list 101 permit udp any any eq 1701
access-list 101 deny icmp any host 10.0.0.1 echo
access-list 101 permit tcp 10.0.0.0 0.255.255.255 any range 20 21
access-list 101 permit ip any any log
`;
