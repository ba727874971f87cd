package org.switchboard.dispatcher.internal.service;

import org.switchboard.api.runtime.EntryState;

/** What a connection that comes through another entry may expect of an entry. */
public enum Reach {
    /** It is served, here or by the next dispatcher. */
    READY,
    /** It is taken and waits: the provider is away. */
    WAITING,
    /** It is not taken yet, but soon: the entry begins, or its provider is waited for. */
    COMING,
    /** It is not served. */
    NONE;

    /**
     * @param state of the entry; read once, since it changes while others look
     * @param serves whether a provider serves the entry, or has served it until now
     * @param left whether the entry is left to the next dispatcher
     * @param turningAway whether clients have waited too long for the provider
     */
    static Reach of(EntryState state, boolean serves, boolean left, boolean turningAway) {
        boolean next = left && !turningAway;
        return switch (state) {
            case LISTENING -> serves || next ? READY : NONE;
            case WAITING -> next ? READY : turningAway ? NONE : serves ? WAITING : COMING;
            default -> NONE;
        };
    }

    boolean takesConnections() {
        return this == READY || this == WAITING;
    }

    /** Whether it helps to wait. */
    public boolean isComing() {
        return this == WAITING || this == COMING;
    }
}
