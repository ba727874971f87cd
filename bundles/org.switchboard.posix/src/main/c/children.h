/*
 * The children of the spawner: launches, until the program is executed, and then programs. A launch that has not come to
 * its end within its timeout is given up: killed and reported. If it cannot be killed, it keeps its place among the launches.
 */
#ifndef SWITCHBOARD_CHILDREN_H
#define SWITCHBOARD_CHILDREN_H

#include "sys.h"
#include "launch.h"

enum { MAX_LAUNCHES = 1024 };

/* Puts a reply into the queue; spawner.c has it. */
void say(uint32_t kind, uint64_t id, int64_t a, int64_t b, int64_t c);

/* Milliseconds of a clock that only goes forward. */
int64_t children_now(void);

/* 0, or the step that fails since there are too many programs, or too many launches with that key hang. */
int children_room(uint64_t key, int64_t now);

/* Takes ownership of the launch and its report. */
void children_add(struct launch *launch, long pid, int report, uint64_t key, int64_t now);

/*
 * Only to a child that has not been reaped: until then its pid, and the process group of that number, cannot belong to
 * another process. Only SIGKILL goes to the group: a program that gets another signal can pass it on.
 */
void children_signal(uint64_t id, uint32_t number);

/* Whether so many launches have just begun that the next requests had better wait for them. */
int children_crowded(int64_t now);

/* Whether a launch is under way that has not been given up. */
int children_launching(void);

/* Fills in what to poll for, one for each launch, and until when; -1 for ever. */
size_t children_reports(struct pollfd *ready, int64_t now, int64_t *until);

/* Handles what children_reports prepared and poll filled in; nothing may have happened to the children in between. */
void children_read_reports(const struct pollfd *ready);

void children_give_up(int64_t now);

void children_reap(void);

#endif
