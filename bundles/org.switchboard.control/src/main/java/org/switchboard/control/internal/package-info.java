/** The control socket: who may connect, what is run, and what comes back. */
package org.switchboard.control.internal;
