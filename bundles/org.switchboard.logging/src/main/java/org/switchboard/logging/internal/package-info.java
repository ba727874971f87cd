/**
 * Brings log records out: on standard error, or to syslog.
 *
 * <p>Nothing here takes or returns {@code null}, but for what the OSGi log service hands in.
 */
package org.switchboard.logging.internal;
