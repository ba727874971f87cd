/** The running server as operators see it. */
package org.switchboard.dispatcher.internal.runtime;
