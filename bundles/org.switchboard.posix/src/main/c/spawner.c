/*
 * The resident process that starts programs. It is given requests with a socket, over a SOCK_SEQPACKET pair that is its
 * descriptor 0, starts a program on each, reaps, and tells how it ended. When the other end closes it goes; programs stay.
 */
#include "sys.h"
#include "launch.h"

enum { CONTROL = 0 };

struct child {
    uint64_t id;
    long pid;
};

static struct child children[MAX_CHILDREN];
static size_t child_count;
static char packet[MAX_REQUEST] __attribute__((aligned(8)));

/* The compiler may call these two even without a libc. */
void *memset(void *target, int value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        ((volatile char *)target)[i] = (char)value;
    return target;
}

void *memcpy(void *target, const void *source, size_t length)
{
    for (size_t i = 0; i < length; i++)
        ((volatile char *)target)[i] = ((const char *)source)[i];
    return target;
}

static void leave(int status)
{
    call1(SYS_exit_group, status);
    __builtin_unreachable();
}

static struct reply replies[MAX_REPLIES];
static size_t reply_count;

/* What one round of the loop has to tell goes together: each packet wakes the reader. */
static void flush(void)
{
    long sent;
    if (reply_count == 0)
        return;
    do
        sent = call6(SYS_sendto, CONTROL, (long)replies, reply_count * sizeof *replies, MSG_NOSIGNAL, 0, 0);
    while (sent == -EINTR);
    /* Nobody to tell: what was asked for is still done, until the socket has no more. */
    reply_count = 0;
}

static void say(uint32_t kind, uint64_t id, int64_t a, int64_t b, int64_t c)
{
    struct reply reply = { kind, 0, id, a, b, c };
    if (reply_count == MAX_REPLIES)
        flush();
    replies[reply_count++] = reply;
}

static void start(size_t length, int socket)
{
    const struct request *request = (const struct request *)packet;
    struct launch launch;
    struct failure failure;
    launch.socket = socket;
    if (socket < 0 || launch_parse(&launch, packet, length) != 0) {
        say(FAILED, request->id, STEP_REQUEST, EINVAL, 0);
        return;
    }
    if (child_count == MAX_CHILDREN) {
        say(FAILED, request->id, STEP_CLONE, EAGAIN, 0);
        return;
    }
    long pid = launch_start(&launch, &failure);
    if (pid < 0) {
        say(FAILED, request->id, failure.step, failure.error, 0);
        return;
    }
    children[child_count].id = request->id;
    children[child_count].pid = pid;
    child_count++;
    say(STARTED, request->id, pid, 0, 0);
}

/* Only to a child that has not been reaped: until then its pid cannot belong to anybody else. */
static void send_signal(const struct request *request)
{
    for (size_t i = 0; i < child_count; i++) {
        if (children[i].id == request->id) {
            call2(SYS_kill, children[i].pid, request->signal);
            return;
        }
    }
}

static int received_socket(const struct msghdr *message, const struct cmsghdr *control)
{
    if (message->control_length < sizeof *control || control->level != SOL_SOCKET || control->type != SCM_RIGHTS)
        return -1;
    return *(const int *)(control + 1);
}

static void receive(void)
{
    union { struct cmsghdr header; char space[24]; } control;
    struct iovec part = { packet, sizeof packet };
    struct msghdr message = { 0, 0, &part, 1, &control, sizeof control, 0 };
    long length = call3(SYS_recvmsg, CONTROL, &message, MSG_CMSG_CLOEXEC);
    /* A server that died with answers unread resets the socket once; its requests are still there. */
    if (length == -EINTR || length == -EAGAIN || length == -ECONNRESET)
        return;
    if (length <= 0)
        leave(0);
    int socket = received_socket(&message, &control.header);
    const struct request *request = (const struct request *)packet;
    if ((size_t)length >= sizeof *request && request->size == (size_t)length && !(message.flags & MSG_TRUNC)) {
        if (request->kind == START)
            start((size_t)length, socket);
        else if (request->kind == SIGNAL)
            send_signal(request);
    } else {
        /* The two sides do not speak the same language, so no answer could be right. */
        leave(2);
    }
    if (socket >= 0)
        call1(SYS_close, socket);
}

static void reap(void)
{
    for (;;) {
        int status;
        struct rusage usage;
        long pid = call4(SYS_wait4, -1, &status, WNOHANG, &usage);
        if (pid <= 0)
            return;
        for (size_t i = 0; i < child_count; i++) {
            if (children[i].pid == pid) {
                uint64_t id = children[i].id;
                children[i] = children[--child_count];
                int64_t micros = (usage.user_seconds + usage.system_seconds) * 1000000
                    + usage.user_micros + usage.system_micros;
                say(ENDED, id, status, micros, usage.max_kilobytes * 1024);
                break;
            }
        }
    }
}

/* The JVM may have ignored or blocked signals, and programs would inherit that. */
static int settle(void)
{
    struct sigaction default_action = { { 0, 0, 0, 0 } };
    uint64_t every_signal = ~0UL;
    uint64_t child_signal = 1UL << (SIGCHLD - 1);
    for (int number = 1; number <= SIGNALS; number++)
        if (number != SIGKILL_ && number != SIGSTOP_)
            call4(SYS_rt_sigaction, number, &default_action, 0, sizeof(uint64_t));
    /* Nothing ends us but the end of our socket; programs get an empty mask before they are executed. */
    call4(SYS_rt_sigprocmask, SIG_SETMASK, &every_signal, 0, sizeof every_signal);
    call3(SYS_close_range, 3, ~0U, 0);
    call0(SYS_setsid);
    call1(SYS_chdir, "/");
    return (int)call4(SYS_signalfd4, -1, &child_signal, sizeof child_signal, O_CLOEXEC | O_NONBLOCK);
}

ENTRY(spawner_main);

void spawner_main(void)
{
    char information[128 * 16];
    int signals = settle();
    if (signals < 0)
        leave(1);
    say(HELLO, 0, WIRE_VERSION, 0, 0);
    for (;;) {
        flush();
        struct pollfd ready[2] = { { CONTROL, POLLIN, 0 }, { signals, POLLIN, 0 } };
        long count = call4(SYS_ppoll, ready, 2, 0, 0);
        if (count < 0 && count != -EINTR)
            leave(1);
        if (count > 0 && ready[1].revents) {
            call3(SYS_read, signals, information, sizeof information);
            reap();
        }
        if (count > 0 && ready[0].revents)
            receive();
    }
}
