/* What a C program does with the same packets: ESP (AES-128-CBC, HMAC-SHA1-96) in UDP to a TUN device and back, for one client.
   recvmmsg and sendmmsg with 64 messages, UDP_GRO and UDP_SEGMENT, OpenSSL's EVP with contexts that are kept: the measure for the gateway.
   gateway DEVICE PORT CLIENT-PORT; prints "packets-up packets-down cpu-microseconds" for every line on its input. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, ROOM = 2048, LARGE = 65536 };
static uint8_t in[16][LARGE], control[16][64], arena[BATCH * ROOM];
static EVP_CIPHER_CTX *decrypt, *encrypt;
static EVP_MD_CTX *inner, *outer, *work;
static uint64_t up, down;
static uint32_t sequence, highest;
static uint64_t window;
static int tun, sock;
static struct sockaddr_in client;

static void mac(const uint8_t *data, size_t length, uint8_t *out) {
  uint8_t digest[20];
  EVP_MD_CTX_copy_ex(work, inner);
  EVP_DigestUpdate(work, data, length);
  EVP_DigestFinal_ex(work, digest, NULL);
  EVP_MD_CTX_copy_ex(work, outer);
  EVP_DigestUpdate(work, digest, 20);
  EVP_DigestFinal_ex(work, out, NULL);
}

static void age(uint8_t *ip) {
  uint32_t sum = ((ip[10] << 8) | ip[11]) + 0x100;
  sum = (sum & 0xffff) + (sum >> 16);
  ip[8] -= 1;
  ip[10] = sum >> 8;
  ip[11] = sum;
}

static int sound(const uint8_t *ip, int length) {
  if (length < 20 || ip[0] != 0x45 || ((ip[2] << 8) | ip[3]) != length) return 0;
  uint32_t sum = 0;
  for (int i = 0; i < 20; i += 2) sum += (ip[i] << 8) | ip[i + 1];
  sum = (sum & 0xffff) + (sum >> 16);
  return ((sum + (sum >> 16)) & 0xffff) == 0xffff;
}

static void open_packet(uint8_t *packet, int length) {
  uint8_t expected[20];
  int written;
  if (length < 8 + 32 + 12 || (length - 20) % 16 != 0) return;
  uint32_t number = ntohl(*(uint32_t *)(packet + 4));
  if (number > highest) {
    window = number - highest > 63 ? 1 : (window << (number - highest)) | 1;
    highest = number;
  }
  mac(packet, length - 12, expected);
  if (CRYPTO_memcmp(expected, packet + length - 12, 12) != 0) return;
  EVP_DecryptInit_ex(decrypt, NULL, NULL, NULL, packet + 8);
  EVP_DecryptUpdate(decrypt, packet + 24, &written, packet + 24, length - 36);
  int end = length - 12, pad = packet[end - 2];
  uint8_t *udp = packet + 24, *ip = udp + 8 + 6 + 4;
  int size = end - 2 - pad - (int)(ip - packet);
  if (packet[end - 1] != 17 || !sound(ip, size)) return;
  age(ip);
  if (write(tun, ip, size) == size) up += 1;
}

static void receive(void) {
  struct mmsghdr messages[16] = {0};
  struct iovec vectors[16];
  for (int i = 0; i < 16; i++) {
    vectors[i] = (struct iovec){in[i], LARGE};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1, .msg_control = control[i], .msg_controllen = 64};
  }
  int count = recvmmsg(sock, messages, 16, MSG_DONTWAIT, NULL);
  for (int i = 0; i < count; i++) {
    int length = messages[i].msg_len, segment = length;
    struct cmsghdr *c = CMSG_FIRSTHDR(&messages[i].msg_hdr);
    if (c != NULL && c->cmsg_type == UDP_GRO) segment = *(int *)CMSG_DATA(c);
    for (int at = 0; at < length; at += segment) open_packet(in[i] + at, length - at < segment ? length - at : segment);
  }
}

static int seal(uint8_t *packet, int length) {
  uint8_t *udp = packet + 24, *l2tp = udp + 8, *ppp = l2tp + 6;
  int written, inside = 8 + 6 + 4 + length, pad = (16 - (inside + 2) % 16) % 16, body = inside + pad + 2;
  age(ppp + 4);
  memcpy(udp, (uint8_t[]){6, 165, 6, 165, (8 + 10 + length) >> 8, 8 + 10 + length, 0, 0}, 8);
  memcpy(l2tp, (uint8_t[]){0, 2, 0, 1, 0, 1, 255, 3, 0, 33}, 10);
  for (int i = 1; i <= pad; i++) udp[inside + i - 1] = i;
  udp[inside + pad] = pad;
  udp[inside + pad + 1] = 17;
  *(uint32_t *)packet = htonl(0x2000);
  *(uint32_t *)(packet + 4) = htonl(++sequence);
  static uint8_t pool[4096];
  static int drawn = sizeof pool;
  if (drawn == sizeof pool) RAND_bytes(pool, sizeof pool), drawn = 0;
  memcpy(packet + 8, pool + drawn, 16);
  drawn += 16;
  EVP_EncryptInit_ex(encrypt, NULL, NULL, NULL, packet + 8);
  EVP_EncryptUpdate(encrypt, udp, &written, udp, body);
  uint8_t tag[20];
  mac(packet, 24 + body, tag);
  memcpy(packet + 24 + body, tag, 12);
  return 24 + body + 12;
}

static void send_run(int length, int segment) {
  uint8_t options[CMSG_SPACE(2)] = {0};
  struct iovec vector = {arena, length};
  struct msghdr message = {.msg_name = &client, .msg_namelen = sizeof client, .msg_iov = &vector, .msg_iovlen = 1};
  if (length > segment) {
    message.msg_control = options;
    message.msg_controllen = sizeof options;
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_UDP;
    c->cmsg_type = UDP_SEGMENT;
    c->cmsg_len = CMSG_LEN(2);
    *(uint16_t *)CMSG_DATA(c) = segment;
  }
  sendmsg(sock, &message, MSG_DONTWAIT);
}

static void forward(void) {
  int end = 0, segment = 0;
  for (int i = 0; i < BATCH; i++) {
    uint8_t packet[ROOM];
    int length = read(tun, packet + 24 + 18, ROOM - 80);
    if (length <= 0) break;
    if (!sound(packet + 42, length)) continue;
    int sealed = seal(packet, length);
    if (end > 0 && (sealed != segment || end + sealed > 60000)) send_run(end, segment), end = 0;
    segment = sealed;
    memcpy(arena + end, packet, sealed);
    end += sealed;
    down += 1;
  }
  if (end > 0) send_run(end, segment);
}

int main(int argc, char **argv) {
  uint8_t key[16], hash_key[64], pad[64];
  if (argc != 4) return 2;
  for (int i = 0; i < 16; i++) key[i] = i + 1;
  memset(hash_key, 0, 64);
  for (int i = 0; i < 20; i++) hash_key[i] = i + 101;
  decrypt = EVP_CIPHER_CTX_new();
  encrypt = EVP_CIPHER_CTX_new();
  EVP_DecryptInit_ex(decrypt, EVP_aes_128_cbc(), NULL, key, key);
  EVP_EncryptInit_ex(encrypt, EVP_aes_128_cbc(), NULL, key, key);
  EVP_CIPHER_CTX_set_padding(decrypt, 0);
  EVP_CIPHER_CTX_set_padding(encrypt, 0);
  inner = EVP_MD_CTX_new();
  outer = EVP_MD_CTX_new();
  work = EVP_MD_CTX_new();
  EVP_DigestInit_ex(inner, EVP_sha1(), NULL);
  EVP_DigestInit_ex(outer, EVP_sha1(), NULL);
  for (int i = 0; i < 64; i++) pad[i] = hash_key[i] ^ 0x36;
  EVP_DigestUpdate(inner, pad, 64);
  for (int i = 0; i < 64; i++) pad[i] = hash_key[i] ^ 0x5c;
  EVP_DigestUpdate(outer, pad, 64);
  tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strncpy(request.ifr_name, argv[1], IFNAMSIZ - 1);
  if (ioctl(tun, TUNSETIFF, &request) < 0) return 1;
  sock = socket(AF_INET, SOCK_DGRAM, 0);
  int one = 1, buffer = 8 << 20;
  setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &buffer, 4);
  setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &buffer, 4);
  setsockopt(sock, SOL_UDP, UDP_GRO, &one, 4);
  struct sockaddr_in own = {AF_INET, htons(atoi(argv[2])), {htonl(INADDR_LOOPBACK)}, {0}};
  client = own;
  client.sin_port = htons(atoi(argv[3]));
  if (bind(sock, (void *)&own, sizeof own) < 0) return 1;
  printf("ready\n");
  fflush(stdout);
  struct pollfd fds[] = {{sock, POLLIN, 0}, {tun, POLLIN, 0}, {0, POLLIN, 0}};
  for (;;) {
    poll(fds, 3, -1);
    if (fds[0].revents) receive();
    if (fds[1].revents) forward();
    if (!fds[2].revents) continue;
    char line[64];
    if (read(0, line, sizeof line) <= 0) return 0;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    long long micros = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    printf("%llu %llu %lld\n", (unsigned long long)up, (unsigned long long)down, micros);
    fflush(stdout);
  }
}
