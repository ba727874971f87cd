/*
 * System calls without a libc: starting costs nothing but the exec, and the compiler is all that a build needs.
 * Everything that differs between the two architectures is here.
 */
#ifndef SWITCHBOARD_SYS_H
#define SWITCHBOARD_SYS_H

#include <stddef.h>
#include <stdint.h>

#if !defined(__linux__)
#error "the spawner is made of Linux system calls"
#endif

#if defined(__x86_64__)
enum {
    SYS_read = 0, SYS_write = 1, SYS_close = 3, SYS_mmap = 9, SYS_munmap = 11, SYS_rt_sigaction = 13,
    SYS_rt_sigprocmask = 14, SYS_sendto = 44, SYS_recvmsg = 47,
    SYS_clone = 56, SYS_execve = 59, SYS_exit = 60, SYS_wait4 = 61, SYS_kill = 62, SYS_fcntl = 72, SYS_chdir = 80,
    SYS_umask = 95, SYS_setuid = 105, SYS_setsid = 112, SYS_setgroups = 116, SYS_setresuid = 117, SYS_setresgid = 119,
    SYS_getpriority = 140, SYS_setpriority = 141, SYS_chroot = 161, SYS_exit_group = 231, SYS_ppoll = 271,
    SYS_clock_gettime = 228, SYS_signalfd4 = 289, SYS_dup3 = 292, SYS_pipe2 = 293, SYS_prlimit64 = 302,
    SYS_close_range = 436
};

static inline long call6(long number, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "=a"(result)
                     : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

/* Runs body in a child that shares our memory, on a stack of its own, and does not wait for it. */
static inline long clone_onto(long flags, void *stack_top, void (*body)(void *), void *argument)
{
    long result;
    register long r10 __asm__("r10") = 0;
    register long r8 __asm__("r8") = 0;
    register void (*entry)(void *) __asm__("r12") = body;
    register void *passed __asm__("r13") = argument;
    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "mov %%r13, %%rdi\n\t"
                     "call *%%r12\n\t"
                     "ud2\n"
                     "1:"
                     : "=a"(result)
                     : "0"((long)SYS_clone), "D"(flags), "S"(stack_top), "d"(0L), "r"(r10), "r"(r8), "r"(entry), "r"(passed)
                     : "rcx", "r11", "memory");
    return result;
}

#define ENTRY(body) \
    __asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tand $-16, %rsp\n\tcall " #body "\n\tud2\n")

#elif defined(__aarch64__)
enum {
    SYS_dup3 = 24, SYS_fcntl = 25, SYS_chdir = 49, SYS_chroot = 51, SYS_close = 57, SYS_pipe2 = 59, SYS_read = 63,
    SYS_write = 64, SYS_ppoll = 73, SYS_clock_gettime = 113,
    SYS_signalfd4 = 74, SYS_exit = 93, SYS_exit_group = 94, SYS_kill = 129, SYS_rt_sigaction = 134,
    SYS_rt_sigprocmask = 135, SYS_setpriority = 140, SYS_getpriority = 141, SYS_setuid = 146, SYS_setresuid = 147,
    SYS_setresgid = 149, SYS_setsid = 157, SYS_setgroups = 159, SYS_umask = 166, SYS_sendto = 206, SYS_recvmsg = 212,
    SYS_munmap = 215, SYS_clone = 220, SYS_mmap = 222, SYS_execve = 221, SYS_wait4 = 260, SYS_prlimit64 = 261,
    SYS_close_range = 436
};

static inline long call6(long number, long a, long b, long c, long d, long e, long f)
{
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}

/* Runs body in a child that shares our memory, on a stack of its own, and does not wait for it. */
static inline long clone_onto(long flags, void *stack_top, void (*body)(void *), void *argument)
{
    register long x8 __asm__("x8") = SYS_clone;
    register long x0 __asm__("x0") = flags;
    register void *x1 __asm__("x1") = stack_top;
    register long x2 __asm__("x2") = 0;
    register long x3 __asm__("x3") = 0;
    register long x4 __asm__("x4") = 0;
    register void (*entry)(void *) __asm__("x19") = body;
    register void *passed __asm__("x20") = argument;
    __asm__ volatile("svc 0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, x20\n\t"
                     "blr x19\n\t"
                     "brk #1\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(entry), "r"(passed)
                     : "x30", "memory");
    return x0;
}

#define ENTRY(body) \
    __asm__(".globl _start\n_start:\n\tmov x29, xzr\n\tmov x30, xzr\n\tbl " #body "\n\tbrk #1\n")

#else
#error "the spawner knows the system calls of x86-64 and aarch64 only"
#endif

#define call0(n) call6((n), 0, 0, 0, 0, 0, 0)
#define call1(n, a) call6((n), (long)(a), 0, 0, 0, 0, 0)
#define call2(n, a, b) call6((n), (long)(a), (long)(b), 0, 0, 0, 0)
#define call3(n, a, b, c) call6((n), (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define call4(n, a, b, c, d) call6((n), (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define call5(n, a, b, c, d, e) call6((n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)

/* What the kernel's interface says, the same on both architectures. */
enum {
    EPERM = 1, EINTR = 4, EAGAIN = 11, EINVAL = 22, ECONNRESET = 104,
    F_GETFL = 3, F_SETFL = 4, O_NONBLOCK = 04000, O_CLOEXEC = 02000000,
    SIGKILL_ = 9, SIGCHLD = 17, SIGSTOP_ = 19, SIG_SETMASK = 2, SIGNALS = 64,
    CLONE_VM = 0x100, PROT_READ_WRITE = 3, MAP_PRIVATE_ANONYMOUS = 0x22, SA_RESTORER = 0x04000000,
    WNOHANG = 1, WUNTRACED = 2, STOPPED = 0x7f, CLOCK_MONOTONIC = 1, POLLIN = 1, SOL_SOCKET = 1, SCM_RIGHTS = 1,
    MSG_TRUNC = 0x20, MSG_NOSIGNAL = 0x4000, MSG_CMSG_CLOEXEC = 0x40000000
};

struct iovec { void *base; size_t length; };
struct msghdr {
    void *name; uint32_t name_length; struct iovec *parts; size_t part_count;
    void *control; size_t control_length; int flags;
};
struct cmsghdr { size_t length; int level; int type; };
struct pollfd { int fd; short events; short revents; };
struct timespec { int64_t seconds; int64_t nanos; };
struct rlimit { uint64_t soft; uint64_t hard; };
struct rusage { int64_t user_seconds, user_micros, system_seconds, system_micros, max_kilobytes, rest[13]; };
/* All zero is "default action". */
struct sigaction { void (*handler)(int); uint64_t flags; void (*restorer)(void); uint64_t mask; };

#endif
