/**
 * The other side of the control socket: {@code bin/switchboard list}, {@code bin/switchboard shell}. Needs nothing but the
 * java.base module, for it is started anew for every command.
 *
 * <p>Nothing here takes or returns {@code null}.
 */
package org.switchboard.launcher.client;
