/*
 * What is said over the socket, in the byte order of the machine: a packet for each request, and 1 to MAX_REPLIES replies in
 * a packet. Wire.java says the same in Java.
 */
#ifndef SWITCHBOARD_WIRE_H
#define SWITCHBOARD_WIRE_H

#include <stdint.h>

enum { WIRE_VERSION = 3, MAX_REQUEST = 128 * 1024, MAX_STRINGS = 8192, MAX_CHILDREN = 16384, MAX_REPLIES = 32 };

enum { START = 1, SIGNAL = 2 };

enum { BECOME = 1, SET_UMASK = 2 };

/*
 * A START has one descriptor as SCM_RIGHTS, and behind the header: limits (three u64: resource, soft, hard), groups (u32),
 * then, each ended by NUL: program, chroot directory (empty for none), working directory, argc arguments, envc variables.
 * Within timeout milliseconds the program must be executed. A SIGNAL is the header alone.
 */
struct request {
    uint32_t kind;
    uint32_t size;
    uint64_t id;
    uint32_t flags;
    uint32_t uid;
    uint32_t gid;
    uint32_t umask;
    int32_t nice;
    uint32_t limits;
    uint32_t groups;
    uint32_t argc;
    uint32_t envc;
    uint32_t signal;
    uint32_t timeout;
    uint32_t reserved;
};

struct limit {
    uint64_t resource;
    uint64_t soft;
    uint64_t hard;
};

enum { HELLO = 1, STARTED = 2, FAILED = 3, ENDED = 4, GIVEN_UP = 5 };

/* The steps of a launch, in their order. */
enum step {
    STEP_REQUEST = 1, STEP_FORK, STEP_SOCKET, STEP_SESSION, STEP_NICE, STEP_LIMIT, STEP_CHROOT, STEP_CHDIR,
    STEP_GROUPS, STEP_GID, STEP_UID, STEP_ROOT_KEPT, STEP_EXEC, STEP_HUNG
};

/*
 * HELLO: version. STARTED: pid. FAILED: step, errno. ENDED: wait status, microseconds of CPU, peak memory in bytes.
 * GIVEN_UP: pid, and the signal that has stopped it or 0. It has been killed; ENDED follows when that has taken effect.
 */
struct reply {
    uint32_t kind;
    uint32_t reserved;
    uint64_t id;
    int64_t a;
    int64_t b;
    int64_t c;
};

#endif
