package org.switchboard.logging.internal;

/** Where records go. Called by one thread only; may block. */
interface Sink extends AutoCloseable {

    void write(Record record);

    @Override
    void close();
}
