package org.switchboard.config.inetd.internal;

/** What a dialect knows, and another does not. */
enum Trait {
    /** A line that begins with a blank continues the entry before it; otherwise it is an entry of its own. */
    INDENT_CONTINUES,
    /** {@code #} begins a comment anywhere in a line, and not only in the first column. */
    COMMENT_ANYWHERE,
    /** {@code #} begins a comment after blanks as well, where nothing is continued. */
    COMMENT_AFTER_BLANKS,

    /** {@code host:service}; and {@code host:} alone, the host of what follows. */
    HOSTS,
    /** {@code a,b:service}. */
    HOST_LISTS,
    /** {@code [::1]:service}. */
    HOST_BRACKETS,
    /** {@code host: service}, with a blank. */
    HOST_AND_BLANK,
    /** {@code :service}, every address. */
    HOST_EMPTY,
    /** {@code service@host}. */
    HOST_BEHIND,

    /** A service in digits is a port. */
    PORTS,
    /** Port 0, which the system chooses. */
    PORT_ZERO,
    /** {@code :user:group:mode:/path}. */
    SOCKET_OWNER,
    /** {@code tcpmux/name} and {@code tcpmux/+name}. */
    TCPMUX,
    /** {@code rpc/udp}. */
    RPC,
    /** An RPC service without a version has version 1. */
    RPC_VERSION_ONE,

    /** {@code stream,N} and {@code stream:filter}. */
    ACCEPT_MAX,
    /** Any protocol that begins with {@code tcp} or {@code udp} is one of IPv4. */
    PROTOCOL_BY_BEGINNING,
    /** With a port in digits any word is a protocol, of IPv4 or what its last digit says. */
    PROTOCOL_BY_TYPE,
    /** {@code ,sndbuf=N} and {@code ,rcvbuf=N}. */
    BUFFERS,
    /** The same, which is read and has no effect. */
    BUFFERS_IDLE,
    /** {@code tcp} and {@code udp} in a definition take the IP version of its address, and do not go without. */
    DEFINITION_NEEDS_FAMILY,
    /** A later entry replaces an earlier one in each IP version, whatever word says the version. */
    VERSION_REPLACED,
    /** A later entry replaces an earlier one of the same protocol word; with another word the port is in use. */
    WORD_REPLACED,
    /** An entry for both versions on one socket is the same as one for IPv6, and the later of them replaces the earlier. */
    DUAL_IS_IPV6,
    /**
     * Of datagram sockets on one port a later one replaces an earlier one in each IP version, whatever word says the
     * version: with SO_REUSEADDR Linux opens both and gives what comes to the later.
     */
    DATAGRAMS_REPLACED,
    /** A datagram socket for every IPv6 address takes IPv4 as well, where no other on the port does. */
    UDP6_TAKES_IPV4,
    /** IPv4 and IPv6 on one port: what would serve both is for IPv6 only where another entry serves IPv4. */
    TWINS,

    /** What is not {@code wait} is {@code nowait}; otherwise it costs the entry. */
    MODE_GUESSED,
    /** What only begins with {@code wait} or {@code nowait} is that. */
    MODE_BY_BEGINNING,
    /** A built-in is {@code wait} on a datagram socket and {@code nowait} on a stream; otherwise the entry is lost. */
    MODE_OF_INTERNAL,
    /** {@code nowait/child/cpm/childperip}. */
    SLASH_LIMITS,

    /** What follows {@code internal} is ignored where the service is a built-in one; otherwise it names a provider. */
    BUILT_IN_BY_NAME,
    /** The words after {@code internal} and the name go to the service, as those of {@code auth} do. */
    BUILT_IN_ARGUMENTS,
    /** A program without an absolute path is looked for from the working directory; otherwise it costs the entry. */
    RELATIVE_PROGRAMS,
    /** A program without a slash is looked for in PATH. */
    PROGRAMS_IN_PATH,

    /** {@code user/class}, a login class. */
    LOGIN_CLASS,
    /** {@code .include} and nothing else begins with a dot. */
    DIRECTIVES,
    /** {@code service on key = value;}. */
    DEFINITIONS,
    /** A definition has any option, and not only those that the grammar knows. */
    ANY_OPTION,
    /** Of two entries with one name and protocol the first counts, and not the last. */
    FIRST_COUNTS,
    /** Services of tcpmux bring the service tcpmux itself along. */
    IMPLIES_TCPMUX
}
