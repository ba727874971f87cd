package org.switchboard.shell.internal.verbs;

/** A value that is printed as a table, and fits a terminal of so many columns. */
public interface Fitting {

    /** The same for a terminal of so many columns; 0 for text that is not for a terminal, and never wrapped or cut. */
    Fitting within(int columns);
}
