package org.switchboard.config.inetd.internal;

/**
 * One column of a line.
 *
 * @param name what is missing when the line ends before it
 * @param reader puts what its word says into the draft
 */
record Column(String name, Reader reader) {

    /** Reads the word of one column. */
    interface Reader {
        void read(Draft draft, Word word) throws Misread;
    }
}
