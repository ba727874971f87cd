#include "sys.h"
#include "launch.h"

enum { REPORT = 3, MAX_FREE = 64 };

static struct launch *free_launches[MAX_FREE];
static size_t free_count;

struct launch *launch_take(void)
{
    if (free_count > 0)
        return free_launches[--free_count];
    long memory = call6(SYS_mmap, 0, sizeof(struct launch), PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
    return memory < 0 ? NULL : (struct launch *)memory;
}

void launch_free(struct launch *launch, int release)
{
    if (release || free_count == MAX_FREE)
        call2(SYS_munmap, launch, sizeof *launch);
    else
        free_launches[free_count++] = launch;
}

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

int launch_parse(struct launch *launch, size_t length)
{
    char *packet = launch->packet;
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
    launch->argv = launch->strings;
    launch->envp = launch->strings + header->argc + 1;
    return vector(launch->argv, header->argc, &at, end) || vector(launch->envp, header->envc, &at, end)
        || at != end ? -1 : 0;
}

uint64_t launch_key(const struct launch *launch)
{
    /* FNV-1a */
    uint64_t key = 0xcbf29ce484222325ULL ^ launch->header->uid;
    for (const char *at = launch->program; *at != 0; at++)
        key = (key ^ (uint8_t)*at) * 0x100000001b3ULL;
    return key;
}

static void give_up(int step, long error)
{
    struct failure failure = { step, (int)error };
    call3(SYS_write, REPORT, &failure, sizeof failure);
    call1(SYS_exit_group, 127);
    __builtin_unreachable();
}

static void must(int step, long result)
{
    if (result < 0)
        give_up(step, -result);
}

/* First the way to report, which the exec closes. Nothing that we have open is 3 but what this process can do without. */
static void take_descriptors(int socket, int report)
{
    if (report != REPORT)
        call3(SYS_dup3, report, REPORT, O_CLOEXEC);
    for (int fd = 0; fd < REPORT; fd++)
        must(STEP_SOCKET, call3(SYS_dup3, socket, fd, 0));
    /* Where the kernel has no close_range: all that we have is close-on-exec. */
    call3(SYS_close_range, REPORT + 1, ~0U, 0);
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

static void child(void *argument)
{
    const struct launch *launch = argument;
    uint64_t no_signals = 0;
    take_descriptors(launch->socket, launch->report);
    must(STEP_SESSION, call0(SYS_setsid));
    take_resources(launch);
    if (launch->chroot[0] != 0)
        must(STEP_CHROOT, call1(SYS_chroot, launch->chroot));
    /* Before we are somebody else, as inetd does: a chroot's "/" may be closed to the user. */
    must(STEP_CHDIR, call1(SYS_chdir, launch->directory));
    /* From here on processes of that user may stop and kill us. They cannot trace us: setresuid makes our memory undumpable. */
    if (launch->header->flags & BECOME)
        become(launch);
    call4(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, 0, sizeof no_signals);
    must(STEP_EXEC, call3(SYS_execve, launch->program, launch->argv, launch->envp));
}

static long refuse(struct failure *failure, long error)
{
    failure->step = STEP_FORK;
    failure->error = (int)-error;
    return -1;
}

/* Without CLONE_VFORK, which would suspend us until a child that others may stop has executed its program. */
long launch_start(struct launch *launch, int *report, struct failure *failure)
{
    int ends[2];
    long result = call2(SYS_pipe2, ends, O_CLOEXEC | O_NONBLOCK);
    if (result < 0)
        return refuse(failure, result);
    launch->report = ends[1];
    result = clone_onto(CLONE_VM | SIGCHLD, launch->stack + LAUNCH_STACK, child, launch);
    call1(SYS_close, ends[1]);
    if (result < 0) {
        call1(SYS_close, ends[0]);
        return refuse(failure, result);
    }
    *report = ends[0];
    return result;
}
