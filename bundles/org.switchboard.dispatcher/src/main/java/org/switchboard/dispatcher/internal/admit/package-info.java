/** Asks the admission rules, in order, and keeps what an admit has to give back. */
package org.switchboard.dispatcher.internal.admit;
