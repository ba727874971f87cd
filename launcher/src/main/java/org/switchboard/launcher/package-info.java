/**
 * Starts the server from its distribution: chooses nothing and decides nothing, but puts the parts together, looks after the
 * state directory, and turns signals into verbs.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
package org.switchboard.launcher;
