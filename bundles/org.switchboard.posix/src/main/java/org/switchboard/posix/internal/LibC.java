package org.switchboard.posix.internal;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of libc, bound directly so that a call costs little, and the constants of Linux on x86-64 and aarch64, which
 * are the same on both. Bound by {@link NativeParts}; nobody calls anything here before {@link NativeParts#require()}.
 */
final class LibC {

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_SEQPACKET = 5;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVTIMEO = 20;
    static final int SO_SNDBUFFORCE = 32;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int SO_PEEK_OFF = 42;
    static final int IPPROTO_TCP = 6;
    static final int TCP_INFO = 11;
    static final int SHUT_WR = 1;
    static final long SIOCGSTAMPNS = 0x8907;
    static final int SCM_RIGHTS = 1;
    static final int MSG_PEEK = 2;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_MORE = 0x8000;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int O_NONBLOCK = 0x800;
    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 0x80000;
    static final int NI_NAMEREQD = 8;
    static final int POLLOUT = 4;
    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;
    static final int EPOLLIN = 1;
    static final int EPOLLONESHOT = 1 << 30;

    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ERANGE = 34;
    static final int EACCES = 13;
    static final int EFAULT = 14;
    static final int ECONNABORTED = 103;
    static final int ECONNRESET = 104;
    static final int ETIMEDOUT = 110;
    static final int ECONNREFUSED = 111;
    static final int EADDRINUSE = 98;
    static final int ENAMETOOLONG = 36;
    static final int EINVAL = 22;
    static final int EPERM = 1;
    static final int EOPNOTSUPP = 95;

    private static long bindings; // guarded by the class

    private LibC() {
    }

    /**
     * What is bound stays bound without JNA's handle, which would keep a thread of JNA alive when the bundle is gone.
     *
     * @return the number of this binding
     */
    static long bind() {
        synchronized (LibC.class) {
            try (NativeLibrary process = NativeLibrary.getProcess()) {
                Native.register(LibC.class, process);
            }
            bindings++;
            return bindings;
        }
    }

    /** Undoes that binding, unless there was another since. Nobody may be inside any of the functions. */
    static void unbind(long binding) {
        synchronized (LibC.class) {
            if (binding == bindings) {
                Native.unregister(LibC.class);
            }
        }
    }

    static native int socket(int domain, int type, int protocol);

    static native int socketpair(int domain, int type, int protocol, int[] pair);

    static native int bind(int fd, byte[] address, int length);

    static native int connect(int fd, byte[] address, int length);

    static native int listen(int fd, int backlog);

    static native int accept4(int fd, byte[] address, int[] length, int flags);

    static native int getsockname(int fd, byte[] address, int[] length);

    static native int getpeername(int fd, byte[] address, int[] length);

    static native int setsockopt(int fd, int level, int option, int[] value, int length);

    static native int getsockopt(int fd, int level, int option, byte[] value, int[] length);

    static native long send(int fd, byte[] buffer, long length, int flags);

    static native long recv(int fd, byte[] buffer, long length, int flags);

    static native long recv(int fd, long address, long length, int flags);

    static native long recvfrom(int fd, byte[] buffer, long length, int flags, byte[] address, int[] addressLength);

    static native long sendmsg(int fd, long message, int flags);

    static native int shutdown(int fd, int how);

    static native int ioctl(int fd, long request, long[] argument);

    static native int fcntl(int fd, int command, int argument);

    static native long read(int fd, byte[] buffer, long length);

    static native int close(int fd);

    /** @param limits receives the soft and the hard limit */
    static native int getrlimit(int resource, long[] limits);

    static native int chdir(byte[] path);

    static native int dup2(int fd, int target);

    static native int chmod(byte[] path, int mode);

    static native int lchown(byte[] path, int uid, int gid);

    static native int inet_pton(int family, String text, byte[] address);

    static native int if_nametoindex(String name);

    static native int poll(int[] descriptors, long count, int timeout);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, byte[] event);

    static native int epoll_wait(int epoll, byte[] events, int capacity, int timeout);

    static native int eventfd(int value, int flags);

    static native int eventfd_write(int fd, long value);

    static native int open(byte[] path, int flags);

    static native int getnameinfo(byte[] address, int length, byte[] host, int hostLength, long service, int serviceLength,
            int flags);

    static native int innetgr(byte[] netgroup, byte[] host, long user, long domain);

    static native int geteuid();

    static native int getegid();

    static native int getpwnam_r(byte[] name, Pointer passwd, Pointer buffer, long length, long[] result);

    static native int getpwuid_r(int uid, Pointer passwd, Pointer buffer, long length, long[] result);

    static native int getgrnam_r(byte[] name, Pointer group, Pointer buffer, long length, long[] result);

    static native int getgrouplist(byte[] user, int group, int[] groups, int[] count);

    static native int posix_spawn(int[] pid, byte[] path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int target);

    static native int posix_spawn_file_actions_addopen(Pointer actions, int fd, byte[] path, int flags, int mode);

    static native int posix_spawn_file_actions_destroy(Pointer actions);

    static native int waitpid(int pid, int[] status, int options);

    static native int kill(int pid, int signal);

    static native String strerror(int error);
}
