/* One program, from a checked request to its exec. */
#ifndef SWITCHBOARD_LAUNCH_H
#define SWITCHBOARD_LAUNCH_H

#include "wire.h"

enum { LAUNCH_STACK = 16 * 1024 };

/*
 * The child shares the memory of the spawner until the program is executed. So all that it uses is here: a launch is taken
 * for another request only when its child has left this memory. It lies in pages of its own.
 */
struct launch {
    char packet[MAX_REQUEST];
    char stack[LAUNCH_STACK] __attribute__((aligned(16)));
    char *strings[MAX_STRINGS + 2];
    const struct request *header;
    const struct limit *limits;
    const uint32_t *groups;
    char *program;
    char *chroot;
    char *directory;
    char **argv;
    char **envp;
    int socket;
    int report;
};

struct failure {
    int step;
    int error;
};

/* A launch that is free; NULL if there is no memory. */
struct launch *launch_take(void);

/* Its child has left it. What was in use for long gives its memory back. */
void launch_free(struct launch *launch, int release);

/* Finds the parts of the request that is in packet; 0, or -1 if it contradicts itself. */
int launch_parse(struct launch *launch, size_t length);

/* Who hangs together: what has the same program and user. */
uint64_t launch_key(const struct launch *launch);

/*
 * Makes a child that executes the program. The process id, and report becomes the descriptor to hear from it: its end when
 * the child has left the memory of the launch, and a struct failure before. Or -1, and failure says why.
 */
long launch_start(struct launch *launch, int *report, struct failure *failure);

#endif
