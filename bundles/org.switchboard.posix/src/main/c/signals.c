/*
 * Loaded by the launcher as its first action. Java never handles SIGHUP, SIGINT and SIGTERM if they were ignored when it
 * started. The start script has SIGHUP ignored, because it would end Java until that has a handler of its own; and nohup, or
 * a script that starts us in the background, has signals ignored that this server must heed. A handler that does nothing
 * takes the place of "ignored", and Java then puts its own in that place: at no time does a SIGHUP end the process.
 */
#include <signal.h>
#include <stddef.h>

static void do_nothing(int number)
{
    (void) number;
}

static void heed(int number)
{
    struct sigaction now;

    if (sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN) {
        struct sigaction handler = { .sa_handler = do_nothing, .sa_flags = SA_RESTART };

        sigaction(number, &handler, NULL);
    }
}

/* JNI, with its types spelled out: the version that is asked for is 1.8. */
__attribute__((visibility("default"))) int JNI_OnLoad(void *machine, void *reserved)
{
    (void) machine;
    (void) reserved;
    heed(SIGHUP);
    heed(SIGINT);
    heed(SIGTERM);
    return 0x00010008;
}
