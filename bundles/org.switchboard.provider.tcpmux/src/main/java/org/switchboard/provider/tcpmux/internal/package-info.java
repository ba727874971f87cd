/** The port service multiplexer: a client names a service, and its connection is handed on. */
package org.switchboard.provider.tcpmux.internal;
