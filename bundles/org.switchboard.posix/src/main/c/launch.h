/* One program, from a checked request to its exec. */
#ifndef SWITCHBOARD_LAUNCH_H
#define SWITCHBOARD_LAUNCH_H

#include "wire.h"

struct launch {
    const struct request *header;
    const struct limit *limits;
    const uint32_t *groups;
    char *program;
    char *chroot;
    char *directory;
    char **argv;
    char **envp;
    int socket;
};

struct failure {
    int step;
    int error;
};

/* Finds the parts of a request; 0, or -1 if it contradicts itself. */
int launch_parse(struct launch *launch, char *packet, size_t length);

/* The process id; or -1, and failure says why. Returns when the program has replaced the child. */
long launch_start(const struct launch *launch, struct failure *failure);

#endif
