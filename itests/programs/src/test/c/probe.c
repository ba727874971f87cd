/* A program for a super-server to start: tells what it was given, or serves one client of a wait socket. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static void print_address(const char *what, int (*get)(int, struct sockaddr *, socklen_t *))
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    char text[INET6_ADDRSTRLEN] = "";

    if (get(0, (struct sockaddr *) &address, &length) != 0) {
        printf("%s=%s\n", what, strerror(errno));
    } else if (address.ss_family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *) &address;
        printf("%s=AF_INET %s %d\n", what, inet_ntop(AF_INET, &in->sin_addr, text, sizeof text), ntohs(in->sin_port));
    } else if (address.ss_family == AF_INET6) {
        struct sockaddr_in6 *in = (struct sockaddr_in6 *) &address;
        printf("%s=AF_INET6 %s %d\n", what, inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text), ntohs(in->sin6_port));
    } else {
        printf("%s=family %d\n", what, address.ss_family);
    }
}

static void print_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    struct dirent *entry;

    while ((entry = readdir(folder)) != NULL) {
        char name[64], target[256];
        ssize_t length;
        if (entry->d_name[0] == '.' || atoi(entry->d_name) == dirfd(folder))
            continue;
        snprintf(name, sizeof name, "/proc/self/fd/%.32s", entry->d_name);
        length = readlink(name, target, sizeof target - 1);
        target[length < 0 ? 0 : length] = 0;
        printf("fd %s=%s\n", entry->d_name, target);
    }
    closedir(folder);
}

static void print_signals(void)
{
    sigset_t mask;
    int number;

    sigprocmask(SIG_BLOCK, NULL, &mask);
    for (number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
            printf("signal %d=%s\n", number, action.sa_handler == SIG_IGN ? "ignored" : "caught");
        if (sigismember(&mask, number) == 1)
            printf("signal %d=blocked\n", number);
    }
}

static void print_identity(void)
{
    gid_t groups[256];
    int count = getgroups(256, groups), i;
    uid_t r, e, s;
    gid_t gr, ge, gs;

    getresuid(&r, &e, &s);
    getresgid(&gr, &ge, &gs);
    printf("uid=%d %d %d\ngid=%d %d %d\ngroups=", r, e, s, gr, ge, gs);
    for (i = 0; i < count; i++)
        printf("%s%d", i ? " " : "", groups[i]);
    printf("\nroot again=%s\n", setuid(0) == 0 ? "yes" : "no");
}

static void report(int argc, char **argv)
{
    struct rlimit limit;
    mode_t mask = umask(0);
    char directory[4096];
    int i;

    printf("pid=%d\nsession=%d\ngroup of processes=%d\n", getpid(), getsid(0), getpgrp());
    printf("terminal=%s\n", open("/dev/tty", O_RDWR) < 0 ? "none" : "yes");
    printf("umask=%03o\ndirectory=%s\n", (unsigned) mask, getcwd(directory, sizeof directory));
    for (i = 0; i < 3; i++)
        printf("descriptor %d=%s\n", i, fcntl(i, F_GETFL) & O_NONBLOCK ? "non-blocking" : "blocking");
    getrlimit(RLIMIT_NOFILE, &limit);
    printf("nofile=%lld %lld\n", (long long) limit.rlim_cur, (long long) limit.rlim_max);
    getrlimit(RLIMIT_CORE, &limit);
    printf("core=%lld\n", (long long) limit.rlim_cur);
    for (i = 0; i < RLIM_NLIMITS; i++)
        if (getrlimit(i, &limit) == 0)
            printf("limit %d=%lld %lld\n", i, (long long) limit.rlim_cur, (long long) limit.rlim_max);
    printf("niceness=%d\n", getpriority(PRIO_PROCESS, 0));
    print_descriptors();
    print_signals();
    print_address("peer", getpeername);
    print_address("local", getsockname);
    for (i = 0; i < argc; i++)
        printf("argument %d=%s\n", i, argv[i]);
    for (i = 0; environ[i] != NULL; i++)
        printf("environment %s\n", environ[i]);
    print_identity();
}

/* Accepts one connection from the listening socket, answers, ends. */
static int accept_one(void)
{
    int client = accept(0, NULL, NULL);
    FILE *out;

    if (client < 0)
        return 2;
    out = fdopen(client, "w");
    fprintf(out, "accepted by %d\n", getpid());
    return fclose(out) == 0 ? 0 : 3;
}

/* Receives one datagram, answers it in capitals, ends. */
static int answer_one(void)
{
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    char data[512];
    ssize_t got = recvfrom(0, data, sizeof data, 0, (struct sockaddr *) &peer, &length), i;

    for (i = 0; i < got; i++)
        if (data[i] >= 'a' && data[i] <= 'z')
            data[i] -= 'a' - 'A';
    return got < 0 || sendto(0, data, got, 0, (struct sockaddr *) &peer, length) != got;
}

/* Receives one datagram, answers with that word, ends. */
static int answer_with(const char *word)
{
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    char data[512];

    return recvfrom(0, data, sizeof data, 0, (struct sockaddr *) &peer, &length) < 0
        || sendto(0, word, strlen(word), 0, (struct sockaddr *) &peer, length) < 0;
}

/* Receives one datagram from the peer that the socket is connected to, and tells who that is. */
static int reply_one(void)
{
    struct sockaddr_in peer;
    socklen_t length = sizeof peer;
    char data[512], answer[600];
    ssize_t got = read(0, data, sizeof data - 1);
    int port;

    if (got < 0)
        return 2;
    data[got] = 0;
    port = getpeername(0, (struct sockaddr *) &peer, &length) == 0 ? ntohs(peer.sin_port) : -1;
    got = snprintf(answer, sizeof answer, "%s from %d to %d", data, port, getpid());
    return write(1, answer, got) != got;
}

/* Tells the sizes of the kernel's buffers. */
static int buffers(void)
{
    int send = 0, receive = 0;
    socklen_t length = sizeof send;

    getsockopt(0, SOL_SOCKET, SO_SNDBUF, &send, &length);
    length = sizeof receive;
    getsockopt(0, SOL_SOCKET, SO_RCVBUF, &receive, &length);
    printf("sndbuf=%d\nrcvbuf=%d\n", send, receive);
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "report";

    if (strcmp(what, "word") == 0 && argc > 2)
        return answer_with(argv[2]);
    if (strcmp(what, "accept") == 0)
        return accept_one();
    if (strcmp(what, "answer") == 0)
        return answer_one();
    if (strcmp(what, "reply") == 0)
        return reply_one();
    if (strcmp(what, "buffers") == 0)
        return buffers();
    report(argc, argv);
    return 0;
}
