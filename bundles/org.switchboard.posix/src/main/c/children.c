#include "children.h"

/* A launch is young at first; what is older hangs. MAX_YOUNG at a time use the processors, and are soon over or old. */
enum { YOUNG = 250, MAX_YOUNG = 32, MAX_HUNG = 64 };

struct program {
    uint64_t id;
    long pid;
};

struct pending {
    uint64_t id;
    uint64_t key;
    long pid;
    int64_t begin;
    int64_t deadline;
    struct launch *launch;
    /* -1 when it is no longer LAUNCHING and waits to be reaped. */
    int report;
    enum { LAUNCHING, HAS_FAILED, HAS_BEEN_KILLED } state;
};

enum news { NOTHING, FAILURE, EXECUTED };

static struct program programs[MAX_CHILDREN];
static size_t program_count;
/* In no order: the last takes the place of one that leaves. */
static struct pending launches[MAX_LAUNCHES];
static size_t launch_count;

int64_t children_now(void)
{
    struct timespec now = { 0, 0 };
    call2(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return now.seconds * 1000 + now.nanos / 1000000;
}

int children_room(uint64_t key, int64_t now)
{
    size_t hung = 0;
    if (program_count + launch_count >= MAX_CHILDREN || launch_count == MAX_LAUNCHES)
        return STEP_FORK;
    for (size_t i = 0; i < launch_count; i++)
        hung += launches[i].key == key && now - launches[i].begin >= YOUNG;
    return hung < MAX_HUNG ? 0 : STEP_HUNG;
}

void children_add(struct launch *launch, long pid, int report, uint64_t key, int64_t now)
{
    const struct request *request = launch->header;
    launches[launch_count++] = (struct pending){
        request->id, key, pid, now, now + request->timeout, launch, report, LAUNCHING
    };
}

/* The group of a program has its pid; before setsid there is no such group. */
static void send(long pid, uint32_t number)
{
    if (number == SIGKILL_)
        call2(SYS_kill, -pid, number);
    call2(SYS_kill, pid, number);
}

void children_signal(uint64_t id, uint32_t number)
{
    for (size_t i = 0; i < launch_count; i++)
        if (launches[i].id == id)
            send(launches[i].pid, number);
    for (size_t i = 0; i < program_count; i++)
        if (programs[i].id == id)
            send(programs[i].pid, number);
}

int children_crowded(int64_t now)
{
    size_t young = 0;
    for (size_t i = 0; i < launch_count; i++)
        young += now - launches[i].begin < YOUNG;
    return young >= MAX_YOUNG;
}

int children_launching(void)
{
    for (size_t i = 0; i < launch_count; i++)
        if (launches[i].report >= 0)
            return 1;
    return 0;
}

size_t children_reports(struct pollfd *ready, int64_t now, int64_t *until)
{
    int crowded = children_crowded(now);
    *until = -1;
    for (size_t i = 0; i < launch_count; i++) {
        const struct pending *launch = &launches[i];
        int64_t next = crowded && now - launch->begin < YOUNG ? launch->begin + YOUNG : launch->deadline;
        ready[i] = (struct pollfd){ launch->report, POLLIN, 0 };
        if (launch->report >= 0 && (*until < 0 || next < *until))
            *until = next < now ? now : next;
    }
    return launch_count;
}

static void forget_launch(size_t i)
{
    if (launches[i].report >= 0)
        call1(SYS_close, launches[i].report);
    launch_free(launches[i].launch, launches[i].state == HAS_BEEN_KILLED);
    launches[i] = launches[--launch_count];
}

/* Its child may still be on its stack, so it is kept until that has been reaped. */
static void close_report(size_t i, int state)
{
    call1(SYS_close, launches[i].report);
    launches[i].report = -1;
    launches[i].state = state;
}

static enum news read_report(size_t i)
{
    struct failure failure;
    const struct pending *launch = &launches[i];
    long length = call3(SYS_read, launch->report, &failure, sizeof failure);
    if (length == sizeof failure) {
        say(FAILED, launch->id, failure.step, failure.error, 0);
        close_report(i, HAS_FAILED);
        return FAILURE;
    }
    if (length == 0) {
        programs[program_count++] = (struct program){ launch->id, launch->pid };
        say(STARTED, launch->id, launch->pid, 0, 0);
        forget_launch(i);
        return EXECUTED;
    }
    return NOTHING;
}

void children_read_reports(const struct pollfd *ready)
{
    /* Backwards, so that what moves into a gap has had its turn. */
    for (size_t i = launch_count; i-- > 0;)
        if (ready[i].revents)
            read_report(i);
}

static void ended(uint64_t id, int status, const struct rusage *usage)
{
    int64_t micros = (usage->user_seconds + usage->system_seconds) * 1000000 + usage->user_micros + usage->system_micros;
    say(ENDED, id, status, micros, usage->max_kilobytes * 1024);
}

static void reaped(long pid, int status, const struct rusage *usage)
{
    for (size_t i = 0; i < launch_count; i++) {
        if (launches[i].pid == pid) {
            /* Its end of the report is closed, so what there is to say has been said. */
            if (launches[i].state == LAUNCHING && read_report(i) == EXECUTED)
                break;
            if (launches[i].state != HAS_FAILED)
                ended(launches[i].id, status, usage);
            forget_launch(i);
            return;
        }
    }
    for (size_t i = 0; i < program_count; i++) {
        if (programs[i].pid == pid) {
            ended(programs[i].id, status, usage);
            programs[i] = programs[--program_count];
            return;
        }
    }
}

static void give_up(size_t i)
{
    long pid = launches[i].pid;
    struct rusage usage;
    int status = 0;
    if (read_report(i) != NOTHING)
        return;
    long waited = call4(SYS_wait4, pid, &status, WNOHANG | WUNTRACED, &usage);
    int stopped = waited > 0 && (status & 0xff) == STOPPED;
    if (waited > 0 && !stopped) {
        reaped(pid, status, &usage);
        return;
    }
    call2(SYS_kill, pid, SIGKILL_);
    say(GIVEN_UP, launches[i].id, pid, stopped ? status >> 8 & 0xff : 0, 0);
    close_report(i, HAS_BEEN_KILLED);
}

void children_give_up(int64_t now)
{
    for (size_t i = launch_count; i-- > 0;)
        if (launches[i].state == LAUNCHING && now >= launches[i].deadline)
            give_up(i);
}

void children_reap(void)
{
    for (;;) {
        int status;
        struct rusage usage;
        long pid = call4(SYS_wait4, -1, &status, WNOHANG, &usage);
        if (pid <= 0)
            return;
        reaped(pid, status, &usage);
    }
}
