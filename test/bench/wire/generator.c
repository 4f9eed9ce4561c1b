/* Sends the datagrams of a file round and round, at a rate, and throws away what comes back.
   generator FILE OWN-ADDRESS OWN-PORT ADDRESS PORT RATE SECONDS RUN; RUN datagrams are one for the kernel, which cuts them as late as it can (UDP_SEGMENT). FILE is datagrams of one length, LENGTH octets each, as its first four octets say. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { BURST = 32 };
static uint8_t data[1 << 22];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 9) return 2;
  FILE *file = fopen(argv[1], "rb");
  uint32_t length;
  if (file == NULL || fread(&length, 4, 1, file) != 1) return 1;
  int count = fread(data, length, sizeof data / length, file);
  int sock = socket(AF_INET, SOCK_DGRAM, 0), buffer = 8 << 20;
  setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &buffer, 4);
  struct sockaddr_in own = {AF_INET, htons(atoi(argv[3])), {inet_addr(argv[2])}, {0}};
  struct sockaddr_in to = {AF_INET, htons(atoi(argv[5])), {inet_addr(argv[4])}, {0}};
  if (bind(sock, (void *)&own, sizeof own) < 0 || connect(sock, (void *)&to, sizeof to) < 0) return 1;
  int run = atoi(argv[8]), segment = length;
  if (run > 1 && setsockopt(sock, SOL_UDP, UDP_SEGMENT, &segment, sizeof segment) < 0) return 1;
  double rate = atof(argv[6]), start = now(), end = start + atof(argv[7]), sent = 0;
  int next = 0;
  while (now() < end) {
    if (sent > (now() - start) * rate) {
      nanosleep(&(struct timespec){0, 100000}, NULL);
      continue;
    }
    struct mmsghdr messages[BURST] = {0};
    struct iovec vectors[BURST];
    int many = run > 1 ? 1 : BURST;
    for (int i = 0; i < many; i++) {
      if (next + run > count) next = 0;
      vectors[i] = (struct iovec){data + (size_t)next * length, (size_t)length * run};
      next = (next + run) % count;
      messages[i].msg_hdr.msg_iov = &vectors[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
    int done = sendmmsg(sock, messages, many, 0);
    sent += (done > 0 ? done : many) * run;
  }
  return 0;
}
