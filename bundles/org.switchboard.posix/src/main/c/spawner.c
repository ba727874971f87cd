/*
 * The resident process that starts programs. It is given requests with a socket, over a SOCK_SEQPACKET pair that is its
 * descriptor 0, starts a program on each, reaps, and tells how it ended. When the other end closes it goes; programs stay.
 *
 * It waits for none of its children. From setresuid to execve a child may be stopped or killed by processes of its user, and
 * execve may block on a file system that does not answer: after the timeout of its request such a child is killed.
 */
#include "sys.h"
#include "launch.h"
#include "children.h"

enum { CONTROL = 0 };

static int closing;

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

void say(uint32_t kind, uint64_t id, int64_t a, int64_t b, int64_t c)
{
    struct reply reply = { kind, 0, id, a, b, c };
    if (reply_count == MAX_REPLIES)
        flush();
    replies[reply_count++] = reply;
}

/* Takes ownership of the launch. */
static void start(struct launch *launch, size_t length)
{
    const struct request *request = (const struct request *)launch->packet;
    struct failure failure = { STEP_REQUEST, EINVAL };
    int report;
    long pid = -1;
    if (launch->socket >= 0 && launch_parse(launch, length) == 0) {
        uint64_t key = launch_key(launch);
        int64_t now = children_now();
        failure = (struct failure){ children_room(key, now), EAGAIN };
        if (failure.step == 0)
            pid = launch_start(launch, &report, &failure);
        if (pid >= 0) {
            children_add(launch, pid, report, key, now);
            return;
        }
    }
    say(FAILED, request->id, failure.step, failure.error, 0);
    launch_free(launch, 0);
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
    struct launch *launch = launch_take();
    if (launch == NULL)
        leave(1);
    struct iovec part = { launch->packet, sizeof launch->packet };
    struct msghdr message = { 0, 0, &part, 1, &control, sizeof control, 0 };
    long length = call3(SYS_recvmsg, CONTROL, &message, MSG_CMSG_CLOEXEC);
    const struct request *request = (const struct request *)launch->packet;
    if (length <= 0) {
        /* A server that died with answers unread resets the socket once; its requests are still there. */
        closing = length != -EINTR && length != -EAGAIN && length != -ECONNRESET;
        launch_free(launch, 0);
        return;
    }
    /* The two sides do not speak the same language, so no answer could be right. */
    if ((size_t)length < sizeof *request || request->size != (size_t)length || message.flags & MSG_TRUNC)
        leave(2);
    int socket = received_socket(&message, &control.header);
    if (request->kind == START) {
        launch->socket = socket;
        start(launch, (size_t)length);
    } else {
        if (request->kind == SIGNAL)
            children_signal(request->id, request->signal);
        launch_free(launch, 0);
    }
    if (socket >= 0)
        call1(SYS_close, socket);
}

/*
 * A child that shares our memory must not dump core: some kernels end all that share it, us among them. Only children get
 * these signals, as we block them, and only between setresuid and execve, which brings the default actions back.
 */
static void end_without_core(int number)
{
    call1(SYS_exit_group, 128 + number);
    __builtin_unreachable();
}

static void restore(void)
{
    __builtin_trap();
}

static int dumps_core(int number)
{
    /* QUIT ILL TRAP ABRT BUS FPE SEGV XCPU XFSZ SYS */
    return number < 32 && (1UL << number & (1UL << 3 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 7 | 1UL << 8 | 1UL << 11
        | 1UL << 24 | 1UL << 25 | 1UL << 31)) != 0;
}

/* The JVM may have ignored or blocked signals, and programs would inherit that. */
static int settle(void)
{
    struct sigaction default_action = { NULL, 0, NULL, 0 };
    struct sigaction no_core = { end_without_core, SA_RESTORER, restore, ~0UL };
    uint64_t every_signal = ~0UL;
    uint64_t child_signal = 1UL << (SIGCHLD - 1);
    for (int number = 1; number <= SIGNALS; number++)
        if (number != SIGKILL_ && number != SIGSTOP_)
            call4(SYS_rt_sigaction, number, dumps_core(number) ? &no_core : &default_action, 0, sizeof(uint64_t));
    /* Nothing ends us but the end of our socket; programs get an empty mask before they are executed. */
    call4(SYS_rt_sigprocmask, SIG_SETMASK, &every_signal, 0, sizeof every_signal);
    call3(SYS_close_range, 3, ~0U, 0);
    call0(SYS_setsid);
    call1(SYS_chdir, "/");
    return (int)call4(SYS_signalfd4, -1, &child_signal, sizeof child_signal, O_CLOEXEC | O_NONBLOCK);
}

ENTRY(spawner_main);

/* Returns when there is something to do; ready[0] is the control socket, ready[1] the signals, then come the reports. */
static long await(struct pollfd *ready, int signals)
{
    int64_t now = children_now();
    int64_t until;
    ready[0] = (struct pollfd){ closing || children_crowded(now) ? -1 : CONTROL, POLLIN, 0 };
    ready[1] = (struct pollfd){ signals, POLLIN, 0 };
    size_t reports = children_reports(ready + 2, now, &until);
    struct timespec wait = { (until - now) / 1000, (until - now) % 1000 * 1000000 };
    return call5(SYS_ppoll, ready, 2 + reports, until < 0 ? NULL : &wait, NULL, 0);
}

void spawner_main(void)
{
    static struct pollfd ready[2 + MAX_LAUNCHES];
    char information[128 * 16];
    int signals = settle();
    if (signals < 0)
        leave(1);
    say(HELLO, 0, WIRE_VERSION, 0, 0);
    for (;;) {
        flush();
        /* What was asked for is still started, and a launch that hangs does not outlive us. */
        if (closing && !children_launching())
            leave(0);
        long count = await(ready, signals);
        if (count < 0 && count != -EINTR)
            leave(1);
        if (count > 0)
            children_read_reports(ready + 2);
        children_give_up(children_now());
        if (count > 0 && ready[1].revents) {
            call3(SYS_read, signals, information, sizeof information);
            children_reap();
        }
        if (count > 0 && ready[0].revents)
            receive();
    }
}
