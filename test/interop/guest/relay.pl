# Carries the L2TP of a program that speaks IPv4 alone over IPv6: relay.pl PORT ADDRESS SERVER. What comes to PORT of 127.0.0.1
# leaves from port 1701 of ADDRESS for port 1701 of SERVER, and answers go to whoever spoke last.
use strict;
use warnings;
use IO::Select;
use IO::Socket::IP;

my ($port, $address, $server) = @ARGV;
my $inner = IO::Socket::IP->new(Proto => "udp", LocalHost => "127.0.0.1", LocalPort => $port) or die "port $port: $@";
my $outer = IO::Socket::IP->new(
  Proto => "udp", V6Only => 1, LocalHost => $address, LocalPort => 1701, PeerHost => $server, PeerPort => 1701,
) or die "$address: $@";
my $both = IO::Select->new($inner, $outer);
my $speaker;
while (my @ready = $both->can_read) {
  for my $socket (@ready) {
    my $from = $socket->recv(my $datagram, 65535);
    next unless defined $from;
    if ($socket == $inner) {
      $speaker = $from;
      $outer->send($datagram);
    } elsif (defined $speaker) {
      $inner->send($datagram, 0, $speaker);
    }
  }
}
