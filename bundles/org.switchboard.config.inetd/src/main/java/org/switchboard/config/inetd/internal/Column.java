package org.switchboard.config.inetd.internal;

/** The columns of a line, in their order; arguments follow. */
enum Column {
    SERVICE("a service"),
    SOCKET_TYPE("a socket type"),
    PROTOCOL("a protocol"),
    MODE("'wait' or 'nowait'"),
    USER("a user"),
    SERVER("a program or 'internal'");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    /** What is missing when the line ends before it. */
    String title() {
        return title;
    }

    /** Puts what its word says into the draft. */
    void read(Draft draft, Word word) throws Misread {
        switch (this) {
            case SERVICE -> draft.service(word);
            case SOCKET_TYPE -> draft.socketType(word);
            case PROTOCOL -> draft.protocol(word);
            case MODE -> draft.mode(word);
            case USER -> draft.user(word);
            default -> draft.server(word);
        }
    }
}
