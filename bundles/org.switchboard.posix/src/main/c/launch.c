#include "sys.h"
#include "launch.h"

/* The child shares our memory until it executes, and only one is between clone and exec at a time. */
static const struct launch *current;
static volatile struct failure failed;
static char child_stack[16 * 1024] __attribute__((aligned(16)));
static char *strings[MAX_STRINGS + 2];

static char *next_string(char **at, char *end)
{
    char *found = *at;
    for (char *p = found; p < end; p++) {
        if (*p == 0) {
            *at = p + 1;
            return found;
        }
    }
    return NULL;
}

static int vector(char **target, uint32_t count, char **at, char *end)
{
    for (uint32_t i = 0; i < count; i++) {
        target[i] = next_string(at, end);
        if (target[i] == NULL)
            return -1;
    }
    target[count] = NULL;
    return 0;
}

int launch_parse(struct launch *launch, char *packet, size_t length)
{
    const struct request *header = (const struct request *)packet;
    char *at = packet + sizeof *header;
    char *end = packet + length;
    if (header->limits > 64 || header->groups > MAX_REQUEST / 4 || header->argc == 0 || header->argc > MAX_STRINGS
        || header->envc > MAX_STRINGS - header->argc)
        return -1;
    launch->header = header;
    launch->limits = (const struct limit *)at;
    at += header->limits * sizeof(struct limit);
    launch->groups = (const uint32_t *)at;
    at += header->groups * sizeof(uint32_t);
    if (at > end)
        return -1;
    launch->program = next_string(&at, end);
    launch->chroot = launch->program == NULL ? NULL : next_string(&at, end);
    launch->directory = launch->chroot == NULL ? NULL : next_string(&at, end);
    if (launch->directory == NULL)
        return -1;
    launch->argv = strings;
    launch->envp = strings + header->argc + 1;
    return vector(launch->argv, header->argc, &at, end) || vector(launch->envp, header->envc, &at, end)
        || at != end ? -1 : 0;
}

static void give_up(int step, long error)
{
    failed.step = step;
    failed.error = (int)error;
    call1(SYS_exit, 127);
    __builtin_unreachable();
}

static void must(int step, long result)
{
    if (result < 0)
        give_up(step, -result);
}

static void take_socket(int socket)
{
    for (int fd = 0; fd < 3; fd++)
        must(STEP_SOCKET, call3(SYS_dup3, socket, fd, 0));
    /* Where the kernel has no close_range: all that we have is close-on-exec. */
    call3(SYS_close_range, 3, ~0U, 0);
    long flags = call2(SYS_fcntl, 0, F_GETFL);
    must(STEP_SOCKET, flags);
    if (flags & O_NONBLOCK)
        must(STEP_SOCKET, call3(SYS_fcntl, 0, F_SETFL, flags & ~(long)O_NONBLOCK));
}

static void take_resources(const struct launch *launch)
{
    const struct request *header = launch->header;
    if (header->flags & SET_UMASK)
        call1(SYS_umask, header->umask);
    if (header->nice != 0) {
        /* The system call answers 20 - niceness, so that no answer is negative. */
        long raw = call2(SYS_getpriority, 0, 0);
        must(STEP_NICE, raw);
        must(STEP_NICE, call3(SYS_setpriority, 0, 0, 20 - raw + header->nice));
    }
    for (uint32_t i = 0; i < header->limits; i++) {
        struct rlimit limit = { launch->limits[i].soft, launch->limits[i].hard };
        must(STEP_LIMIT, call4(SYS_prlimit64, 0, launch->limits[i].resource, &limit, 0));
    }
}

static void become(const struct launch *launch)
{
    const struct request *header = launch->header;
    uint32_t gid = header->gid;
    uint32_t uid = header->uid;
    must(STEP_GROUPS, call2(SYS_setgroups, header->groups, launch->groups));
    must(STEP_GID, call3(SYS_setresgid, gid, gid, gid));
    must(STEP_UID, call3(SYS_setresuid, uid, uid, uid));
    if (uid != 0 && call1(SYS_setuid, 0) >= 0)
        give_up(STEP_ROOT_KEPT, EPERM);
}

static void child(void)
{
    const struct launch *launch = current;
    uint64_t no_signals = 0;
    take_socket(launch->socket);
    must(STEP_SESSION, call0(SYS_setsid));
    take_resources(launch);
    if (launch->chroot[0] != 0)
        must(STEP_CHROOT, call1(SYS_chroot, launch->chroot));
    /* Before we are somebody else, as inetd does: a chroot's "/" may be closed to the user. */
    must(STEP_CHDIR, call1(SYS_chdir, launch->directory));
    if (launch->header->flags & BECOME)
        become(launch);
    call4(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, 0, sizeof no_signals);
    must(STEP_EXEC, call3(SYS_execve, launch->program, launch->argv, launch->envp));
}

long launch_start(const struct launch *launch, struct failure *failure)
{
    current = launch;
    failed.step = 0;
    failed.error = 0;
    long pid = clone_onto(CLONE_VM | CLONE_VFORK | SIGCHLD, child_stack + sizeof child_stack, child);
    if (pid < 0) {
        failure->step = STEP_CLONE;
        failure->error = (int)-pid;
        return -1;
    }
    if (failed.step == 0)
        return pid;
    failure->step = failed.step;
    failure->error = failed.error;
    call4(SYS_wait4, pid, 0, 0, 0);
    return -1;
}
