/*
 * A load generator for small TCP services: some clients, one thread each, do the same over and over for a while.
 *
 *   load read  HOST PORT CLIENTS SECONDS    connect, read a line and the end, close
 *   load first HOST PORT CLIENTS SECONDS    connect, send 64 bytes, read a line and the end, close
 *   load trip  HOST PORT CLIENTS SECONDS    connect, send 64 bytes, read them back, close our side, read to the end, close
 *   load echo  HOST PORT CLIENTS SECONDS    connect once; send 64 bytes and read them back, again and again
 *
 * Prints how often that was done per second, how often it failed, and how often a whole line was followed by a reset
 * instead of the end. HOST is numeric. Each client has an address of its own (127.1.0.N), so that the ports of closed
 * connections do not run out.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define REQUEST 64
#define DEADLINE_SECONDS 5

static struct sockaddr_in server;
static const char *mode;
static double stop_at;
static atomic_long done, failed, cut;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int connected(long client)
{
	struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f010000u + (unsigned)client + 1) };
	struct timeval deadline = { .tv_sec = DEADLINE_SECONDS };
	int on = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof deadline);
	if (bind(fd, (struct sockaddr *)&own, sizeof own) == 0 && connect(fd, (struct sockaddr *)&server, sizeof server) == 0)
		return fd;
	close(fd);
	return -1;
}

/* The bytes up to the end, or -1. */
static long read_to_end(int fd)
{
	char buffer[4096];
	long total = 0;
	ssize_t n;
	while ((n = read(fd, buffer, sizeof buffer)) > 0)
		total += n;
	return n < 0 ? -1 : total;
}

/* Whether a whole line comes; what follows it is the end, or a reset. */
static int read_line(int fd)
{
	char buffer[4096], last = 0;
	ssize_t n;
	while ((n = read(fd, buffer, sizeof buffer)) > 0)
		last = buffer[n - 1];
	if (n < 0 && errno != ECONNRESET)
		return 0;
	if (n < 0 && last == '\n')
		atomic_fetch_add(&cut, 1);
	return last == '\n';
}

static int send_request(int fd)
{
	char out[REQUEST];
	memset(out, 'x', sizeof out);
	return write(fd, out, sizeof out) == sizeof out;
}

static int exchange(int fd)
{
	char out[REQUEST], in[REQUEST];
	memset(out, 'x', sizeof out);
	if (!send_request(fd))
		return 0;
	size_t got = 0;
	while (got < sizeof in) {
		ssize_t n = read(fd, in + got, sizeof in - got);
		if (n <= 0)
			return 0;
		got += (size_t)n;
	}
	return memcmp(out, in, sizeof in) == 0;
}

static int session(int fd)
{
	if (strcmp(mode, "read") == 0)
		return read_line(fd);
	if (strcmp(mode, "first") == 0)
		return send_request(fd) && read_line(fd);
	return exchange(fd) && shutdown(fd, SHUT_WR) == 0 && read_to_end(fd) == 0;
}

static void *client(void *number)
{
	long own = (long)number, good = 0, bad = 0;
	if (strcmp(mode, "echo") == 0) {
		int fd = connected(own);
		while (fd >= 0 && bad == 0 && now() < stop_at) {
			if (exchange(fd))
				good++;
			else
				bad++;
		}
		if (fd >= 0)
			close(fd);
		else
			bad++;
	} else {
		while (now() < stop_at) {
			int fd = connected(own);
			if (fd >= 0 && session(fd))
				good++;
			else
				bad++;
			if (fd >= 0)
				close(fd);
			else
				usleep(10000);
		}
	}
	atomic_fetch_add(&done, good);
	atomic_fetch_add(&failed, bad);
	return NULL;
}

int main(int argc, char **argv)
{
	if (argc != 6 || (strcmp(argv[1], "read") && strcmp(argv[1], "first") && strcmp(argv[1], "trip")
			&& strcmp(argv[1], "echo"))) {
		fprintf(stderr, "usage: load read|first|trip|echo HOST PORT CLIENTS SECONDS\n");
		return 2;
	}
	mode = argv[1];
	server.sin_family = AF_INET;
	server.sin_port = htons((unsigned short)atoi(argv[3]));
	if (inet_pton(AF_INET, argv[2], &server.sin_addr) != 1) {
		fprintf(stderr, "load: %s is not a numeric address\n", argv[2]);
		return 2;
	}
	long clients = atol(argv[4]);
	if (clients < 1 || clients > 200) {
		fprintf(stderr, "load: 1 to 200 clients\n");
		return 2;
	}
	double start = now();
	stop_at = start + atof(argv[5]);
	pthread_t threads[200];
	for (long i = 0; i < clients; i++)
		if (pthread_create(&threads[i], NULL, client, (void *)i) != 0) {
			fprintf(stderr, "load: cannot start a thread\n");
			return 1;
		}
	for (long i = 0; i < clients; i++)
		pthread_join(threads[i], NULL);
	printf("%.0f %ld %ld\n", done / (now() - start), (long)failed, (long)cut);
	return 0;
}
